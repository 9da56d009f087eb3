//! Takes out of a telling whoever is no party to it: one's own staff, teams in a match.

use daybook_record::PartyKind;

use crate::events::telling::{Scene, Telling};
use crate::parties::cast::Id;
use crate::parties::mention::{Title, What};
use crate::syntax::document::At;

/// The telling without those who only serve the other side; `None` where it is of no contact after all.
pub(crate) fn sift(scene: &Scene<'_, '_>, mut telling: Telling) -> Option<Telling> {
    let sides = telling.one.len() + telling.other.len();
    let (one, other) = (telling.one.clone(), telling.other.clone());
    let serves = |id: &Id, chiefs: &[Id]| serves(scene, telling.at.line, *id, chiefs);
    let among = if other.is_empty() { &one } else { &other };
    telling.one.retain(|id| !serves(id, among));
    telling.other.retain(|id| !serves(id, &one));
    let left = telling.one.len() + telling.other.len();
    let alone = left < 2 && left < sides;
    (!alone && !is_match(scene, &telling)).then_some(telling)
}

/// Whether somebody is told in a line as one of the chiefs' own people: "his security team", "her ministers".
fn serves(scene: &Scene<'_, '_>, line: usize, id: Id, chiefs: &[Id]) -> bool {
    let here = &scene.document.lines[line];
    scene.cast.mentions.iter().zip(&scene.cast.means).any(|(mention, means)| {
        let owner = match &mention.what {
            What::Office(title) if !title.counterpart && !title.former && !follows(title) => title.owner,
            _ => None,
        };
        let of_chief = |token: usize| {
            here.token(token).relation == "nmod:poss"
                && scene
                    .cast
                    .at(At { line, token })
                    .iter()
                    .any(|owner| *owner != id && chiefs.contains(owner))
        };
        mention.line == line && means.contains(&id) && owner.is_some_and(of_chief)
    })
}

/// "His successor", "her predecessor" serve nobody's turn but their own.
fn follows(title: &Title<'_>) -> bool {
    let words = title.words.as_deref().unwrap_or_default();
    words.ends_with("successor") || words.ends_with("predecessor")
}

/// "Germany met France in the quarter-final": two countries and a word of sport.
fn is_match(scene: &Scene<'_, '_>, telling: &Telling) -> bool {
    let line = &scene.document.lines[telling.at.line];
    let faceless = |&id: &Id| scene.cast.entities[id].kind == PartyKind::State;
    let sport = &scene.lexicon.nominals.sport;
    telling.one.iter().chain(&telling.other).all(faceless)
        && (0..line.len()).any(|t| sport.contains(&line.lemma(t).to_lowercase()))
}
