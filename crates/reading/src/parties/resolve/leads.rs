//! How each mention was led to whom it means, and where the office of each party is told.

use crate::parties::cast::{Cast, Id, Lead};
use crate::parties::mention::What;

/// Keeps with the cast how its mentions were led to its entities. It is called when all of them are.
pub(super) fn keep(cast: &mut Cast<'_>) {
    for mention in 0..cast.mentions.len() {
        let leads = cast.means[mention].iter().map(|&id| lead(cast, mention, id)).collect();
        cast.leads.push(leads);
        keep_office(cast, mention);
    }
}

fn lead<'g>(cast: &Cast<'g>, mention: usize, id: Id) -> Lead<'g> {
    match &cast.mentions[mention].what {
        What::Office(title) => {
            let held = cast.entities[id].in_office;
            let like = held.filter(|held| title.office.is_some_and(|o| o.is_like(held.office())));
            like.map_or(Lead::Office, Lead::Holder)
        }
        What::Pronoun => antecedent(cast, mention, id).map_or(Lead::Speaker, Lead::Pronoun),
        _ => Lead::Words,
    }
}

/// The nearest mention before a pronoun that tells whom it means, or else the nearest behind.
fn antecedent(cast: &Cast<'_>, pronoun: usize, id: Id) -> Option<usize> {
    let tells = |&m: &usize| cast.means[m].contains(&id) && !matches!(cast.mentions[m].what, What::Pronoun);
    (0..pronoun).rev().find(tells).or_else(|| (pronoun + 1..cast.mentions.len()).find(tells))
}

/// The office of an entity is told by the first mention of it with a title in the same words.
fn keep_office(cast: &mut Cast<'_>, mention: usize) {
    let (What::Person { title, .. } | What::Office(title)) = &cast.mentions[mention].what else { return };
    for &id in &cast.means[mention] {
        let entity = &mut cast.entities[id];
        if title.words.is_some() && title.words == entity.office {
            entity.office_told.get_or_insert(mention);
        }
    }
}
