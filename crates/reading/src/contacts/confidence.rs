//! Reckons how often an account such as this one is right, from what is seen of its occasion: a logistic regression, fitted to
//! what cross-validation found of the occasions of annotated texts (`training/contacts/confidence.py`).

use daybook_record::{Confidence, PartyKind};

use crate::contacts::occasion::Occasion;
use crate::parties::cast::{Cast, Entity, Id};
use crate::words::sign_weights::SignWeights;

/// The confidence below which front ends leave accounts out where nothing else is asked, of what is read and of what is filed in a
/// book: the share with the best F1 on held-out reports. [`crate::Reader`] itself leaves nothing out;
/// [`daybook_record::Reading::keep_confident`] does.
pub const DEFAULT_MIN_CONFIDENCE: Confidence = Confidence::of(0.3);

/// What is seen of an occasion, by the names that the weights have.
pub(crate) fn signs(cast: &Cast<'_>, occasion: &Occasion) -> Vec<(&'static str, f32)> {
    let tellings = &occasion.tellings;
    let count = tellings.len() as f32;
    let is = |holds: bool| if holds { 1.0 } else { 0.0 };
    let share = |of: &dyn Fn(&crate::events::telling::Telling) -> bool| {
        tellings.iter().filter(|t| of(t)).count() as f32 / count
    };
    let entities: Vec<&Entity<'_>> = occasion.members().map(|id: Id| &cast.entities[id]).collect();
    let told = tellings.iter().flat_map(|t| &t.parties).map(|p| p.sure);
    let (sum, parties) = told.fold((0.0, 0.0), |(sum, n), sure| (sum + sure, n + 1.0));
    let known = entities.iter().filter(|e| is_known(e)).count();
    vec![
        ("surest telling", log_odds(occasion.sure())),
        ("mean of tellings", log_odds(tellings.iter().map(|t| t.sure).sum::<f32>() / count)),
        ("tellings", count.ln()),
        ("tellings that name both sides", share(&|t| t.is_whole())),
        ("no telling names both sides", is(!tellings.iter().any(|t| t.is_whole()))),
        ("parties as surely told", if parties > 0.0 { sum / parties } else { 0.0 }),
        ("more than two parties", is(entities.len() > 2)),
        ("known parties", known.min(2) as f32),
        ("principals", entities.iter().filter(|e| e.principal).count().min(2) as f32),
        ("a party told elsewhere", is(occasion.parties.iter().any(|p| !p.is_named))),
        ("a rule matches", is(tellings.iter().any(|t| t.rule.is_some()))),
        ("dated", is(occasion.date().is_some())),
        ("kind", log_odds(share_of_best(&crate::contacts::occasion::weighed(tellings, |t| &t.kinds)))),
        ("aggregate", is(occasion.aggregate)),
    ]
}

/// The confidence that signs amount to.
pub(crate) fn confidence(weights: &SignWeights, signs: &[(&'static str, f32)]) -> Confidence {
    let sum: f32 = signs.iter().map(|(name, value)| weights.of(name) * value).sum();
    Confidence::of(1.0 / (1.0 + (-sum - weights.intercept).exp()))
}

/// Whether a party is a state or body, or a person in an office or of a country that the report or the gazetteer tells.
fn is_known(entity: &Entity<'_>) -> bool {
    match entity.kind {
        PartyKind::Person => {
            entity.person.is_some() || entity.office.is_some() && !entity.countries.is_empty()
        }
        _ => !entity.countries.is_empty(),
    }
}

fn share_of_best<T>(weighed: &[(T, f32)]) -> f32 {
    let whole: f32 = weighed.iter().map(|(_, sure)| sure).sum();
    weighed.iter().map(|(_, sure)| *sure).fold(0.0, f32::max) / whole.max(0.001)
}

fn log_odds(share: f32) -> f32 {
    let share = share.clamp(0.01, 0.99);
    (share / (1.0 - share)).ln()
}
