//! What rules may yield, capture and say, as the reader of their matches declares it: a rule outside of it would do nothing.

use std::collections::BTreeMap;

use crate::draft::Draft;
use crate::error::Fault;
use crate::pattern::Pattern;

/// What a reader of matches makes use of; rules that yield, capture or set anything else are refused.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Contract {
    /// What rules may yield.
    pub yields: Vec<Yield>,
}

/// One thing that rules may yield, with what such a rule may capture and set.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Yield {
    /// Its name, the value of a rule's `yields`.
    pub name: String,
    /// The roles that a rule may capture, beside its trigger. Names that begin with `_` are the rule's own and always allowed.
    pub roles: Vec<String>,
    /// The attributes that a rule may set by `with`, each with its values.
    pub attributes: BTreeMap<String, Vec<String>>,
    /// Groups of roles: a rule must capture one of each group. No groups ask for nothing.
    pub needed: Vec<Vec<String>>,
    /// The attribute and value by which a rule says that the needed roles are filled elsewhere.
    pub waived_by: Option<(String, String)>,
}

impl Contract {
    /// What a rule does that nothing would read, each fault with its line.
    pub(crate) fn faults(&self, draft: &Draft, pattern: &Pattern) -> Vec<(usize, Fault)> {
        let Some((line, name)) = &draft.yields else { return Vec::new() };
        let Some(found) = self.yields.iter().find(|known| known.name == *name) else {
            let known = self.yields.iter().map(|known| known.name.as_str());
            return vec![(*line, Fault::unknown("class of event", name, known))];
        };
        let mut faults = found.unknown_roles(pattern);
        faults.extend(found.unknown_attributes(draft));
        faults.extend(found.unfilled(draft, pattern));
        faults
    }
}

impl Yield {
    fn unknown_roles(&self, pattern: &Pattern) -> Vec<(usize, Fault)> {
        let known = || self.roles.iter().map(String::as_str);
        let named = pattern.captures.iter().enumerate().skip(1).filter(|(_, name)| !name.starts_with('_'));
        named
            .filter(|(_, name)| known().all(|known| known != name.as_str()))
            .map(|(slot, name)| (pattern.line_of(slot), Fault::unknown("role", name, known())))
            .collect()
    }

    fn unknown_attributes(&self, draft: &Draft) -> Vec<(usize, Fault)> {
        let mut faults = Vec::new();
        for (name, value) in &draft.with {
            let line = draft.with_lines.get(name).copied().unwrap_or(draft.line);
            match self.attributes.get(name) {
                None => {
                    let known = self.attributes.keys().map(String::as_str);
                    faults.push((line, Fault::unknown("attribute", name, known)));
                }
                Some(values) if !values.contains(value) => {
                    let known = values.iter().map(String::as_str);
                    faults.push((line, Fault::unknown(&format!("value of `{name}`"), value, known)));
                }
                Some(_) => {}
            }
        }
        faults
    }

    /// A rule that can never fill what its class needs tells of nothing.
    fn unfilled(&self, draft: &Draft, pattern: &Pattern) -> Option<(usize, Fault)> {
        let waived = self.waived_by.as_ref().is_some_and(|(name, value)| draft.with.get(name) == Some(value));
        let fills = |group: &&Vec<String>| {
            group.iter().any(|role| pattern.captures.iter().skip(1).any(|c| c == role))
        };
        let missing = self.needed.iter().find(|group| !waived && !fills(group))?;
        let waiver = self.waived_by.as_ref().map_or(String::new(), |(name, value)| {
            format!(", or say `with = {{ {name} = \"{value}\" }}` where they are told elsewhere")
        });
        let roles = missing.join("`, `");
        let what = format!(
            "`{}` needs one of the roles `{roles}`, and the rule captures none; add a line such as \
                            `{} = …`{waiver}",
            self.name, missing[0]
        );
        Some((draft.line, Fault::unsound(what)))
    }
}
