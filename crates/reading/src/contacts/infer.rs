//! Infers what no sentence tells but the report as a whole does: the day of its opening, the kind of an official's "spoke",
//! days counted from other contacts.

use daybook_calendar::TimexKind;
use daybook_language::Upos;
use daybook_record::{Edtf, Inferred, Kind, Part, PartyKind, Sourced, Span, Status};
use jiff::Span as Stretch;

use crate::contacts::account::{self, Extras};
use crate::contacts::occasion::{Occasion, alike, weighed};
use crate::events::telling::{Exchange, Scene, Telling, likeliest};
use crate::syntax::document::At;
use crate::times::phrases::{self, Timed};

const MONTH: i32 = 31;

/// What follows from the report as a whole.
pub(crate) fn infer(scene: &Scene<'_, '_>, occasions: &[Occasion], extras: &mut [Extras]) {
    let official = scene.official;
    let first = occasions
        .iter()
        .flat_map(|o| &o.tellings)
        .filter(|t| t.at.line < lead(scene))
        .map(|t| t.at.line)
        .min();
    for (number, occasion) in occasions.iter().enumerate() {
        let spoken = matches!(occasion.tellings[0].exchange, Some(Exchange::Spoken | Exchange::Conversation))
            || occasion.kind == Kind::Unspecified
            || occasion.tellings[0].kind() == Kind::Unspecified;
        let opening = occasion.tellings[0].exchange == Some(Exchange::Spoken)
            || Some(occasion.tellings[0].at.line) == first;
        if official && spoken && opening && occasion.kind != Kind::VideoCall {
            extras[number].kind = spoken_by(scene, &occasion.tellings[0]);
        }
    }
    listed_calls(occasions, extras);
    stays(scene, occasions, extras);
    counted(scene, occasions, extras);
    during_visits(scene, occasions, extras);
    followed(scene, occasions, extras);
    of_publication(scene, occasions, extras, first);
}

/// What a report opens with and gives no day for is of the day of its publication, and so is all that an official account tells
/// as held, and a visit that goes on.
fn of_publication(
    scene: &Scene<'_, '_>,
    occasions: &[Occasion],
    extras: &mut [Extras],
    first: Option<usize>,
) {
    let Some(day) = scene.document.report.published else { return };
    for (occasion, extras) in occasions.iter().zip(extras) {
        let told = likeliest(&weighed(&occasion.tellings, |t| &t.statuses));
        let opens =
            |t: &Telling| Some(t.at.line) == first && t.status() == Status::Held && !is_state(scene, t.at);
        let why = match told {
            Some(Status::Held) if scene.official => Inferred::OfficialIsOfPublicationDay,
            Some(Status::UnderWay) if occasion.kind == Kind::Visit => Inferred::OpeningIsOfPublicationDay,
            _ if occasion.tellings.iter().any(opens) => Inferred::OpeningIsOfPublicationDay,
            _ => continue,
        };
        // What is undated at first, and later only "recent", may be of that day.
        let around = |date: &Edtf| date.width() > MONTH && date.overlaps(&Edtf::Day(day));
        let open = occasion.date().is_none_or(|date| occasion.tellings[0].date.is_none() && around(date));
        if open && extras.inferred_date.is_none() && !occasion.aggregate {
            let words = [occasion.tellings[0].evidence];
            extras.inferred_date = Some(Sourced::inferred(Edtf::Day(day), words, why));
        }
    }
}

/// "Have been in contact" is of no day.
fn is_state(scene: &Scene<'_, '_>, at: At) -> bool {
    let line = &scene.document.lines[at.line];
    line.upos(at.token) == Upos::Noun && line.dependents(at.token, &["cop"]).next().is_some()
}

/// "Was in Riga on Monday. There she met him": a meeting is of the day of the stay told in the sentence before.
fn stays(scene: &Scene<'_, '_>, occasions: &[Occasion], extras: &mut [Extras]) {
    for (occasion, extras) in occasions.iter().zip(extras) {
        let telling = &occasion.tellings[0];
        let undated = occasion.date().is_none() && telling.status() == Status::Held;
        let stay =
            telling.at.line.checked_sub(1).filter(|_| undated).and_then(|line| stay(scene, line, occasion));
        if let Some((date, words)) = stay {
            extras.inferred_date = Some(Sourced::inferred(date, [words], Inferred::StayInSentenceBefore));
        }
    }
}

/// The day on which a sentence says that a party to an occasion was somewhere.
fn stay(scene: &Scene<'_, '_>, number: usize, occasion: &Occasion) -> Option<(Edtf, Span)> {
    let line = &scene.document.lines[number];
    let root = (0..line.len()).find(|&t| line.head(t).is_none())?;
    let there =
        line.dependents(root, &["cop"]).any(|c| line.token(c).xpos == "VBD") && line.marker(root) == "in";
    let party = line
        .dependents(root, &["nsubj"])
        .flat_map(|token| scene.cast.at(At { line: number, token }))
        .any(|&id| occasion.members().any(|m| m == id));
    let timed = phrases::of_event(line, number, root, scene.timed, scene.lexicon);
    let day = timed.into_iter().find_map(|t| Some((t.resolved.edtf.clone()?, t.span)));
    day.filter(|(edtf, _)| there && party && edtf.day().is_some())
}

/// "A day after their call", "two days before her trip": an undated occasion counted from a dated one of the same sentence.
fn counted(scene: &Scene<'_, '_>, occasions: &[Occasion], extras: &mut [Extras]) {
    for (number, occasion) in occasions.iter().enumerate().filter(|(_, o)| o.date().is_none()) {
        let found = occasion.tellings.iter().find_map(|telling| {
            let phrases = scene.timed.iter().filter(|t| t.line == telling.at.line && !t.tokens.is_empty());
            phrases.into_iter().find_map(|timed| from_other(scene, occasions, number, telling, timed))
        });
        if let Some((date, words)) = found {
            extras[number].inferred_date =
                Some(Sourced::inferred(date, [words], Inferred::CountedFromOtherContact));
        }
    }
}

/// The last occasion told before a telling that "their call" or "the summit" at a place of its line can mean.
fn known_before(
    scene: &Scene<'_, '_>,
    occasions: &[Occasion],
    telling: &Telling,
    from: usize,
) -> Option<usize> {
    let line = &scene.document.lines[telling.at.line];
    let noun = (from..line.len().min(from + 3)).find(|&t| line.upos(t) == Upos::Noun)?;
    let counted_from = &scene.lexicon.function_words.counted_from;
    let known = line.dependents(noun, &["det", "nmod"]).any(|d| counted_from.contains(line.form(d)));
    let kind = scene.lexicon.noun_kind(line.lemma(noun)).filter(|_| known)?;
    let before = |o: &Occasion| alike(o.kind, kind) && o.tellings[0].at.line < telling.at.line;
    (0..occasions.len()).rev().find(|&i| before(&occasions[i]))
}

/// The date so long before or after another occasion as a phrase says, where the words behind it name that occasion and hang
/// on the telling's own clause.
fn from_other(
    scene: &Scene<'_, '_>,
    occasions: &[Occasion],
    not: usize,
    telling: &Telling,
    timed: &Timed,
) -> Option<(Edtf, Span)> {
    let line = &scene.document.lines[telling.at.line];
    let later = match line.form_after(timed.tokens.end)? {
        "after" | "following" => true,
        "before" => false,
        _ => return None,
    };
    let length = timed.resolved.length.as_ref().filter(|_| timed.resolved.kind == TimexKind::Duration)?;
    let stretch: Stretch = length.iso.parse().ok()?;
    let named = |t: &Telling| {
        t.at.line == telling.at.line
            && timed.tokens.end < t.at.token
            && line.ancestors(t.at.token).skip(1).any(|a| a == line.clause(telling.at.token))
    };
    let other = (0..occasions.len()).filter(|&i| i != not).find(|&i| occasions[i].tellings.iter().any(named));
    let other = other.or_else(|| known_before(scene, occasions, telling, timed.tokens.end + 1))?;
    let day = occasions[other].date().and_then(Edtf::day)?;
    let date = if later { day.checked_add(stretch) } else { day.checked_sub(stretch) };
    Some((Edtf::Day(date.ok()?), timed.span))
}

/// What an official account means by "spoke": a meeting where it names a place or an event for it, else a call.
fn spoken_by(scene: &Scene<'_, '_>, telling: &Telling) -> Option<Sourced<Kind>> {
    let exchange = telling.exchange?;
    let words = vec![telling.evidence];
    let there = telling.place.is_some() || scene.on_the_spot(telling.at);
    if there {
        return Some(Sourced::inferred(Kind::Meeting, words, Inferred::SpokeInPerson));
    }
    let official = Kind::Unspecified.class().when_official.as_deref().and_then(Kind::named)?;
    (exchange != Exchange::InTouch).then(|| Sourced::inferred(official, words, Inferred::OfficialSpoke))
}

/// How many lines belong to the title and the first paragraph or two: where a report tells what it is about.
fn lead(scene: &Scene<'_, '_>) -> usize {
    let titles = scene.document.lines.iter().filter(|l| l.part == Part::Title).count();
    titles + 4
}

/// Where a report says that somebody has several calls on a day, what it then tells as conversations of theirs are those calls.
fn listed_calls(occasions: &[Occasion], extras: &mut [Extras]) {
    let lists: Vec<&Occasion> = occasions
        .iter()
        .filter(|o| o.aggregate && o.kind == Kind::Call && o.tellings[0].count.is_some())
        .collect();
    for (number, occasion) in occasions.iter().enumerate() {
        let list = lists.iter().find(|l| l.members().any(|id| occasion.members().any(|m| m == id)));
        let Some(list) = list.filter(|_| !occasion.aggregate) else { continue };
        let timely = match (occasion.date(), list.date()) {
            (Some(a), Some(b)) => a.overlaps(b),
            (None, _) => true,
            _ => false,
        };
        if !timely
            || !matches!(occasion.kind, Kind::Unspecified | Kind::Call)
            || occasion.tellings.iter().all(|t| t.status() == Status::NotHeld)
        {
            continue;
        }
        let words = vec![list.tellings[0].evidence];
        let why = Inferred::OneOfListedCalls;
        extras[number].kind = Some(Sourced::inferred(Kind::Call, words.clone(), why.clone()));
        if let (None, Some(date)) = (occasion.date(), list.date()) {
            extras[number].inferred_date = Some(Sourced::inferred(date.clone(), words.clone(), why));
        }
        if let Some(caller) = list.initiators().next() {
            extras[number].direction = Some((caller, words[0]));
        }
    }
}

/// "He then met her" was on the day of what was told before.
fn followed(scene: &Scene<'_, '_>, occasions: &[Occasion], extras: &mut [Extras]) {
    for number in 0..occasions.len() {
        let occasion = &occasions[number];
        let dated = occasion.date().is_some() || extras[number].inferred_date.is_some();
        let telling = &occasion.tellings[0];
        if dated || !comes_next(scene, telling.at) {
            continue;
        }
        let date = day_before(occasions, extras, number, telling).filter(|date| date.width() <= MONTH);
        extras[number].inferred_date =
            date.map(|date| Sourced::inferred(date, [telling.evidence], Inferred::ToldNext));
    }
}

/// "Then met", "later spoke".
fn comes_next(scene: &Scene<'_, '_>, at: At) -> bool {
    let line = &scene.document.lines[at.line];
    let adverbs = |t: usize| line.dependents(t, &["advmod"]).collect::<Vec<_>>();
    let near = adverbs(line.clause(at.token)).into_iter().chain(adverbs(at.token));
    near.into_iter().any(|a| scene.lexicon.statuses.next.contains(&line.form(a).to_lowercase()))
}

/// The date of what is told last before a telling, at most three sentences back.
fn day_before(occasions: &[Occasion], extras: &[Extras], not: usize, telling: &Telling) -> Option<Edtf> {
    let before = |o: &Occasion| {
        let at = o.tellings.iter().map(|t| t.at).filter(|at| *at < telling.at).max()?;
        (telling.at.line - at.line <= 3).then_some(at)
    };
    let others =
        (0..occasions.len()).filter(|&i| i != not && occasions[i].tellings[0].status() == Status::Held);
    let last = others.filter_map(|i| before(&occasions[i]).map(|at| (at, i))).max()?.1;
    occasions[last].date().cloned().or_else(|| extras[last].inferred_date.as_ref().map(|d| d.value.clone()))
}

/// Talks told of somebody who travels are held during that stop, where they have no day or place of their own; of several stops
/// during the one told last before.
fn during_visits(scene: &Scene<'_, '_>, occasions: &[Occasion], extras: &mut [Extras]) {
    for number in 0..occasions.len() {
        let talk = &occasions[number];
        if talk.aggregate || !matches!(talk.kind, Kind::Meeting | Kind::Unspecified | Kind::Gathering) {
            continue;
        }
        let start = talk.tellings[0].at.line;
        let far = |visit: &&Occasion| {
            let lines = visit.tellings.iter().map(|t| t.at.line);
            lines.map(|line| if line <= start { start - line } else { 2 * (line - start) }).min()
        };
        let visits = occasions.iter().filter(|visit| belongs(visit, talk));
        let Some(visit) = visits.min_by_key(far) else { continue };
        let words = [talk.tellings[0].evidence];
        if talk.date().is_none() && extras[number].inferred_date.is_none() {
            let stay = visit.date().filter(|stay| stay.width() <= MONTH);
            let date = stay.map(|d| Sourced::inferred(d.clone(), words, Inferred::DuringVisit));
            extras[number].inferred_date = date;
        }
        let host = visit.recipients().next().map(|id| &scene.cast.entities[id]);
        let told = account::told_place(scene.cast, visit).map(|place| place.words.clone());
        let place = told.or_else(|| host.filter(|e| e.kind == PartyKind::State)?.name.clone());
        extras[number].inferred_place = place.map(|p| Sourced::inferred(p, words, Inferred::DuringVisit));
    }
}

/// Whether a talk may be part of a visit: of a guest, and as much done or still to come as that.
fn belongs(visit: &Occasion, talk: &Occasion) -> bool {
    let status = |o: &Occasion| likeliest(&weighed(&o.tellings, |t| &t.statuses)).unwrap_or(Status::Held);
    let done = |s: Status| matches!(s, Status::Held | Status::UnderWay);
    visit.kind == Kind::Visit
        && talk.date().is_none_or(|day| visit.date().is_some_and(|stay| stay.overlaps(day)))
        && visit.initiators().any(|guest| talk.members().any(|m| m == guest))
        && (done(status(visit)) == done(status(talk)) || status(visit) == Status::UnderWay)
}
