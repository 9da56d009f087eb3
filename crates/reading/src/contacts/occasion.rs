//! One occasion that a report tells of, with all its tellings.

use daybook_record::{Edtf, Grouping, Kind, PartyKind, SharedParties, Way};

use jiff::civil::Date;

use crate::events::telling::Telling;
use crate::parties::cast::{Cast, Id};

/// One occasion and all its tellings, the first one first.
#[derive(Debug, Clone)]
pub(crate) struct Occasion {
    pub kind: Kind,
    pub one: Vec<Id>,
    pub other: Vec<Id>,
    pub directed: bool,
    pub aggregate: bool,
    /// First and last day, where talks of several days are one visit.
    pub stay: Option<(Date, Date)>,
    pub tellings: Vec<Telling>,
}

impl Occasion {
    /// All its parties.
    pub fn members(&self) -> impl Iterator<Item = Id> + '_ {
        self.one.iter().chain(&self.other).copied()
    }

    /// The most exact date told.
    pub fn date(&self) -> Option<&Edtf> {
        self.tellings.iter().filter_map(|t| t.date.as_ref()).map(|(d, _)| d).min_by_key(|d| d.width())
    }

    /// Whether it is one of the past that the report only looks back to.
    pub fn is_recalled(&self, published: Option<Date>) -> bool {
        is_over(self.date(), published)
    }

    /// Puts the leader whom a telling names in the place of the country told before.
    fn name_leaders(&mut self, telling: &Telling, cast: &Cast<'_>) {
        let leaders: Vec<Id> = telling.one.iter().chain(&telling.other).copied().collect();
        let known: Vec<Id> = self.members().collect();
        for member in self.one.iter_mut().chain(&mut self.other) {
            let named = leaders.iter().find(|&&l| {
                !known.contains(&l)
                    && cast.entities[l].kind == PartyKind::Person
                    && cast.stands_for(l, *member)
            });
            if let Some(&leader) = named {
                *member = leader;
            }
        }
    }

    pub fn last_line(&self) -> usize {
        self.tellings.iter().map(|t| t.at.line).max().unwrap_or(0)
    }

    pub fn add(&mut self, telling: Telling, cast: &Cast<'_>) {
        let more_parties = telling.one.len() + telling.other.len() > self.one.len() + self.other.len();
        let direction = telling.directed
            && !self.directed
            && !telling.one.is_empty()
            && !telling.other.is_empty()
            && telling.kind != Kind::Visit;
        if (more_parties && telling.together && !telling.group)
            || direction && telling.one.len() + telling.other.len() >= self.members().count()
        {
            self.one.clone_from(&telling.one);
            self.other.clone_from(&telling.other);
            self.directed = telling.directed;
        }
        self.name_leaders(&telling, cast);
        self.kind = more_detailed(self.kind, telling.kind);
        if self.kind == Kind::Visit
            && telling.kind == Kind::Visit
            && telling.directed
            && !telling.one.is_empty()
            && !telling.other.is_empty()
            && telling.other.iter().all(|id| !self.members().any(|m| cast.stands_for(m, *id)))
        {
            self.one.clone_from(&telling.one);
            self.other.clone_from(&telling.other);
            self.directed = true;
        }
        self.take(telling, cast);
    }

    /// Takes in a telling of the contact that others told before, and keeps why it is of it.
    pub fn take(&mut self, telling: Telling, cast: &Cast<'_>) {
        let joined = Some(why_joined(&self.tellings, &telling, cast));
        self.tellings.push(Telling { joined, ..telling });
    }
}

/// Why a telling is of the contact that others told before it.
fn why_joined(before: &[Telling], telling: &Telling, cast: &Cast<'_>) -> Grouping {
    let named: Vec<Id> = telling.one.iter().chain(&telling.other).copied().collect();
    let members = || before.iter().flat_map(|t| t.one.iter().chain(&t.other));
    let known = named.iter().all(|&n| members().any(|&m| cast.same_side(m, n)));
    let parties = match (telling.group, named.len(), known) {
        (true, ..) => SharedParties::MeantByGroup,
        (_, 0, _) => SharedParties::NoneNamed,
        (_, 1, true) => SharedParties::OneNamed,
        (.., true) => SharedParties::Same,
        _ => SharedParties::TalkDuringVisit,
    };
    let dated = before.iter().find_map(|t| t.date.as_ref());
    let dates_agree =
        dated.zip(telling.date.as_ref()).is_some_and(|((before, _), (date, _))| before.overlaps(date));
    Grouping::Telling { parties, dates_agree }
}

/// Kinds that one occasion may be told as.
pub(crate) fn alike(a: Kind, b: Kind) -> bool {
    let may_be = |open: Way, told: Way| open == Way::Open && told != Way::Written;
    a.way() == b.way() || may_be(a.way(), b.way()) || may_be(b.way(), a.way())
}

/// The kind that says more.
fn more_detailed(a: Kind, b: Kind) -> Kind {
    if b.class().detail > a.class().detail { b } else { a }
}

/// Whether a date is more than ten days before a report.
pub(super) fn is_over(date: Option<&Edtf>, published: Option<Date>) -> bool {
    let over = date.and_then(Edtf::last);
    matches!((over, published), (Some(over), Some(day)) if over < day && over.until(day).map_or(0, |s| s.get_days()) > 10)
}
