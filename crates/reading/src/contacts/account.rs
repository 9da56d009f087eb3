//! Turns an occasion with its tellings into an account: each value with the words that say so.

use daybook_record::{
    Account, Act, Certainty, Claim, ClockTime, Doubt, Edtf, Evidence, Inferred, Kind, Length, Participation,
    PartyKind, Polarity, Readout, Report, Role, Sourced, Span, Status,
};
use jiff::civil::Date;

use crate::contacts::occasion::Occasion;
use crate::contacts::principals;
use crate::events::modality::Modality;
use crate::events::telling::{Scene, Telling};
use crate::parties::cast::{Cast, Entity, Id};
use crate::statements::FoundStatements;
use crate::syntax::document::{At, Document};

/// What else the report tells of an occasion, found by rules of their own.
#[derive(Debug, Clone, Default)]
pub(crate) struct Extras {
    pub present: Vec<(Id, Span)>,
    pub readout: Readout,
    pub lengths: Vec<(Length, Span)>,
    pub dates: Vec<(Edtf, Span)>,
    pub times: Vec<(ClockTime, Span)>,
    pub evidence: Vec<Span>,
    pub held: bool,
    /// Whether another side says that it did not happen.
    pub denied: bool,
    pub kind: Option<Sourced<Kind>>,
    pub inferred_date: Option<Sourced<Edtf>>,
    pub direction: Option<(Id, Span)>,
    /// The matches of rules that remark on it, by their number.
    pub remarks: Vec<usize>,
}

/// The account of an occasion; `None` where fewer than two sides are left.
pub(crate) fn account(
    scene: &Scene<'_, '_>,
    occasion: &Occasion,
    extras: Extras,
    said: &FoundStatements,
) -> Option<Account> {
    let cast = scene.cast;
    let parties = parties(cast, occasion, &extras);
    if parties.len() < 2 || !principals::meet(cast, occasion, &scene.lexicon.titles) {
        return None;
    }
    let mut date = date(scene, occasion, &extras);
    let published = scene.document.report.published;
    let mut standing = settle(occasion, date.as_ref().map(|d| &d.value), scene.document, extras.held);
    if date.is_none() && standing.0.status == Status::Scheduled && intended(scene, occasion) {
        standing.0.status = Status::Proposed;
    }
    if standing.0.status == Status::Held && just_arrived(scene, occasion) {
        standing.0.status = Status::UnderWay;
    }
    if extras.denied && standing.0.status == Status::Held {
        (standing.0.status, standing.0.certainty) = (Status::Denied, Certainty::Unverified);
    }
    clip(&mut date, standing.0.status, published);
    supposed(&mut date, scene);
    let sources = sources(scene, occasion);
    let certainty = certainty(occasion, &standing.0, &sources);
    let evidence = evidence(occasion, &extras);
    let trigger = Evidence::stated(evidence[0]);
    let countries: Vec<Option<&str>> = parties.iter().map(|p| p.party.country.as_deref()).collect();
    let domestic = countries[0].is_some() && countries.iter().all(|c| *c == countries[0]);
    let status_words = scene.document.lines[standing.1.line].span(standing.0.by..standing.0.by + 1);
    Some(Account {
        kind: extras.kind.clone().unwrap_or(Sourced { value: occasion.kind, evidence: trigger }),
        present: present(cast, occasion, &extras.present),
        time: first(occasion, |t| t.time.clone()).or(extras.times.first().cloned()).map(stated),
        duration: length(occasion, &extras).map(stated),
        status: Sourced { value: standing.0.status, evidence: Evidence::stated(status_words) },
        certainty: Sourced { value: certainty, evidence: Evidence::stated(status_words) },
        according_to: according_to(scene, occasion, sources, said),
        place: place(cast, scene.document.report, occasion),
        topics: topics(occasion),
        first_or_last: first(occasion, |t| t.first_or_last.clone()).map(stated),
        aggregate: occasion.aggregate,
        count: first(occasion, |t| t.count).map(stated),
        rules: rules(occasion),
        readout: extras.readout,
        parties,
        date,
        domestic,
        evidence,
        explanation: None,
    })
}

/// Whether somebody arrives on the day of the report: the visit then goes on.
fn just_arrived(scene: &Scene<'_, '_>, occasion: &Occasion) -> bool {
    let arrives = |t: &Telling| {
        let line = &scene.document.lines[t.at.line];
        scene.lexicon.statuses.arrives.contains(line.lemma(t.at.token))
            && t.date.as_ref().and_then(|(date, _)| date.day()) == scene.document.report.published
    };
    occasion.kind == Kind::Visit
        && scene.document.report.published.is_some()
        && occasion.stay.is_none()
        && occasion.tellings.iter().any(arrives)
}

/// Whether a contact is scheduled only in that one side means to have it.
fn intended(scene: &Scene<'_, '_>, occasion: &Occasion) -> bool {
    let by_intent = |t: &Telling| {
        let line = &scene.document.lines[t.at.line];
        scene.lexicon.statuses.intended.contains(line.lemma(t.standing.by))
    };
    let scheduled = occasion.tellings.iter().filter(|t| t.standing.status == Status::Scheduled);
    scheduled.into_iter().all(by_intent)
}

fn stated<T>((value, span): (T, Span)) -> Sourced<T> {
    Sourced::stated(value, span)
}

fn first<T>(occasion: &Occasion, of: impl Fn(&Telling) -> Option<T>) -> Option<T> {
    occasion.tellings.iter().find_map(of)
}

fn parties(cast: &Cast<'_>, occasion: &Occasion, extras: &Extras) -> Vec<Participation> {
    let role = |id: Id, initiator: bool| match (&extras.direction, occasion.directed) {
        (Some((caller, _)), _) if *caller == id => Role::Initiator,
        (Some(_), _) => Role::Recipient,
        (None, true) if initiator => Role::Initiator,
        (None, true) => Role::Recipient,
        (None, false) => Role::Participant,
    };
    let spouses = principals::spouses(cast, occasion.members());
    let sides = occasion.one.iter().map(|&id| (id, true)).chain(occasion.other.iter().map(|&id| (id, false)));
    let mut parties: Vec<Participation> = Vec::new();
    for (id, initiator) in sides.filter(|(id, _)| !spouses.contains(id)) {
        let party = cast.party(id);
        if parties.iter().all(|p| p.party != party) {
            parties.push(Participation {
                role: role(id, initiator),
                evidence: Evidence::stated(cast.entities[id].first),
                party,
            });
        }
    }
    parties
}

fn present(
    cast: &Cast<'_>,
    occasion: &Occasion,
    present: &[(Id, Span)],
) -> Vec<Sourced<daybook_record::Party>> {
    let others = present.iter().copied().filter(|(id, _)| !occasion.members().any(|m| m == *id));
    let spouses =
        principals::spouses(cast, occasion.members()).into_iter().map(|id| (id, cast.entities[id].first));
    others.chain(spouses).map(|(id, span)| Sourced::stated(cast.party(id), span)).collect()
}

/// The most exact date told by a telling, by something said of the occasion, or else inferred.
fn date(scene: &Scene<'_, '_>, occasion: &Occasion, extras: &Extras) -> Option<Sourced<Edtf>> {
    let of = |tellings: &mut dyn Iterator<Item = (Edtf, Span)>| tellings.min_by_key(|(edtf, _)| edtf.width());
    let told = of(&mut occasion.tellings.iter().filter(|t| t.is_whole()).filter_map(|t| t.date.clone()));
    let remarked = of(&mut extras.dates.iter().cloned());
    let known = of(&mut occasion.tellings.iter().filter(|t| !t.is_whole()).filter_map(|t| t.date.clone()));
    let best = [told, remarked, known]
        .into_iter()
        .flatten()
        .reduce(|a, b| if b.0.width() < a.0.width() && b.0.overlaps(&a.0) { b } else { a });
    let best = best.map(|best| whole_stay(occasion, best));
    if let (Some((_, words)), Some((first, last))) = (&best, occasion.stay) {
        return Some(Sourced::inferred(Edtf::between(first, last), [*words], Inferred::TalksOfOneStay));
    }
    // A day that an official account names further down is another occasion's, unless it is said to be this one's.
    let inferred = extras.inferred_date.clone();
    if inferred.is_some() && scene.official && !opens_with_date(scene, occasion) {
        return of(&mut extras.dates.iter().cloned())
            .filter(|(d, _)| d.width() <= 1)
            .map(stated)
            .or(inferred);
    }
    best.map(stated).or(inferred)
}

/// Whether a date is told where the text first tells of an occasion, or in its title.
fn opens_with_date(scene: &Scene<'_, '_>, occasion: &Occasion) -> bool {
    let in_text = |t: &&Telling| scene.document.lines[t.at.line].part == daybook_record::Part::Text;
    let first = occasion.tellings.iter().filter(in_text).map(|t| t.at.line).min().unwrap_or(0);
    occasion.tellings.iter().any(|t| t.at.line <= first && t.date.is_some())
}

/// A visit "from 2 to 3 February" lasts that long, though the arrival has a day of its own.
fn whole_stay(occasion: &Occasion, best: (Edtf, Span)) -> (Edtf, Span) {
    const MONTH: i32 = 31;
    let is_week = |e: &Edtf| e.width() == 7;
    let whole = |e: &Edtf| {
        matches!(e, Edtf::Interval(..)) && e.width() <= MONTH && !is_week(e) && e.overlaps(&best.0)
    };
    let mut told = occasion.tellings.iter().filter(|t| t.kind == Kind::Visit).filter_map(|t| t.date.clone());
    told.find(|(edtf, _)| occasion.kind == Kind::Visit && whole(edtf)).unwrap_or(best)
}

/// What was held by the day of publication was not held after it, and what is to come not before.
fn clip(date: &mut Option<Sourced<Edtf>>, status: Status, published: Option<Date>) {
    let (Some(date), Some(day)) = (date, published) else { return };
    let (Edtf::Interval(..), Some(from), Some(to)) = (&date.value, date.value.first(), date.value.last())
    else {
        return;
    };
    if !(from <= day && day < to) {
        return;
    }
    match status {
        Status::Held => date.value = Edtf::between(from, day),
        Status::Scheduled => date.value = Edtf::between(day.tomorrow().unwrap_or(day), to),
        _ => {}
    }
}

/// A date that hangs on an inferred day of publication is itself inferred.
fn supposed(date: &mut Option<Sourced<Edtf>>, scene: &Scene<'_, '_>) {
    let Some(evidence) = date.as_mut().map(|d| &mut d.evidence) else { return };
    let phrase = scene.timed.iter().find(|t| evidence.spans.first() == Some(&t.span));
    if let (None, Some(why)) = (&evidence.inferred, phrase.and_then(|t| t.inferred.clone())) {
        evidence.inferred = Some(why);
    }
}

fn length(occasion: &Occasion, extras: &Extras) -> Option<(Length, Span)> {
    let told =
        occasion.tellings.iter().filter_map(|t| t.length.clone()).chain(extras.lengths.iter().cloned());
    // Of several the more precise one: an exact one before an approximate, then the one that tells more digits.
    told.min_by_key(|(length, _)| (length.approximate, std::cmp::Reverse(length.iso.len())))
}

/// How things stand: the firmest telling, checked against the date.
fn settle(occasion: &Occasion, date: Option<&Edtf>, report: &Document<'_>, held: bool) -> (Modality, At) {
    let firm = |t: &&Telling| !t.standing.open;
    let chosen = occasion
        .tellings
        .iter()
        .filter(firm)
        .min_by_key(|t| rank(t.standing.status))
        .or(occasion.tellings.first());
    let (mut standing, at) = chosen.map_or_else(
        || {
            (
                Modality {
                    status: Status::Held,
                    certainty: Certainty::Certain,
                    by: 0,
                    hypothetical: false,
                    open: true,
                },
                At { line: 0, token: 0 },
            )
        },
        |t| (t.standing.clone(), t.at),
    );
    if held && matches!(standing.status, Status::Scheduled | Status::Proposed) {
        standing.status = Status::Held;
    }
    let Some(date) = date else { return (standing, at) };
    let later = |day: Option<Date>| matches!((day, report.latest), (Some(day), Some(latest)) if day > latest);
    let ahead = later(date.first());
    let over = matches!((date.last(), report.earliest), (Some(day), Some(earliest)) if day < earliest);
    standing.status = match standing.status {
        Status::Held | Status::UnderWay if ahead => Status::Scheduled,
        // "When she visits later this week": the present tense looks ahead.
        Status::Held if standing.open && later(date.last()) => Status::Scheduled,
        Status::UnderWay if over => Status::Held,
        Status::Scheduled if over && standing.open => Status::Held,
        other => other,
    };
    (standing, at)
}

/// Which of several tellings decides: what undoes a contact before what makes it, what is done before what is to come.
fn rank(status: Status) -> u8 {
    match status {
        Status::Denied | Status::Cancelled | Status::Postponed => 0,
        Status::Declined => 1,
        Status::Held => 2,
        Status::UnderWay => 3,
        Status::NotHeld => 4,
        Status::Scheduled => 5,
        Status::Proposed => 6,
    }
}

/// Who is named as saying so: name, words, and whether it is a third party to the contact.
fn sources(scene: &Scene<'_, '_>, occasion: &Occasion) -> Vec<(String, Span, bool)> {
    let mut found: Vec<(String, Span, bool)> = Vec::new();
    for telling in &occasion.tellings {
        for said in &telling.said {
            let Some(token) = said.source else { continue };
            let line = &scene.document.lines[telling.at.line];
            let ids = scene.cast.at(At { line: telling.at.line, token });
            let (name, third) = match ids.first() {
                Some(&id) => (
                    scene.cast.entities[id].name.clone().or(scene.cast.entities[id].office.clone()),
                    is_third(scene, occasion, id),
                ),
                None => (None, scene.lexicon.statuses.sources.contains(line.lemma(token))),
            };
            let (words, span) = crate::events::details::phrase(line, token);
            let name = name.unwrap_or(words);
            let pronoun = line.upos(token) == daybook_language::Upos::Pron && ids.is_empty();
            if !pronoun && found.iter().all(|(n, _, _)| *n != name) {
                found.push((name, span, third));
            }
        }
    }
    found
}

/// On whose word an account stands: the speakers of the statements in which it is told, and those whom the syntax names as
/// telling it; of a statement as a whole, where nobody else is named, whoever makes it.
fn according_to(
    scene: &Scene<'_, '_>,
    occasion: &Occasion,
    sources: Vec<(String, Span, bool)>,
    said: &FoundStatements,
) -> Vec<Sourced<String>> {
    let mut found: Vec<Sourced<String>> = Vec::new();
    let over = occasion.tellings.iter().filter(|t| t.is_whole()).flat_map(|telling| said.over(telling.at));
    let told = over.filter(|s| s.act.value == Act::Said && s.polarity.value == Polarity::Affirmed);
    for speaker in told.flat_map(|statement| &statement.speakers) {
        let Some(name) = speaker.value.name.clone().or(speaker.value.office.clone()) else { continue };
        if found.iter().all(|known| known.value != name) {
            found.push(Sourced { value: name, evidence: speaker.evidence.clone() });
        }
    }
    for (name, span, _) in sources {
        let known =
            |f: &Sourced<String>| f.value == name || f.evidence.spans.iter().any(|s| s.overlaps(span));
        if !found.iter().any(known) {
            found.push(Sourced::stated(name, span));
        }
    }
    if found.is_empty() {
        found.extend(speaker(scene).map(stated));
    }
    found
}

/// "Statement by Spokesperson Jane Doe on …", "the below is attributable to Jane Doe": who speaks, told before all else.
fn speaker(scene: &Scene<'_, '_>) -> Option<(String, Span)> {
    const HEAD: usize = 3;
    let (number, from) = scene.document.lines.iter().take(HEAD).enumerate().find_map(|(number, line)| {
        let to = |t: usize, word: &str| line.form_after(t + 1).is_some_and(|w| w.eq_ignore_ascii_case(word));
        let opens = |t: &usize| match line.lemma(*t).to_lowercase().as_str() {
            "attributable" => to(*t, "to"),
            "statement" | "remarks" => *t < 2 && (to(*t, "by") || to(*t, "from")),
            _ => false,
        };
        (0..line.len()).find(opens).map(|t| (number, t + 2))
    })?;
    let cast = scene.cast;
    let behind = cast.mentions.iter().zip(&cast.means).find(|(mention, means)| {
        let named =
            |&id: &Id| cast.entities[id].kind == PartyKind::Person && cast.entities[id].name.is_some();
        mention.line == number && mention.tokens.contains(&from) && means.iter().any(named)
    });
    let (mention, means) = behind?;
    let name = cast.entities[*means.first()?].name.clone()?;
    Some((name, scene.document.lines[number].span(mention.tokens.clone())))
}

/// What the report or somebody in it does not vouch for is not certain, and what it calls false did not happen.
pub(crate) fn doubt(
    scene: &Scene<'_, '_>,
    accounts: &mut [Account],
    occasions: &[Occasion],
    claims: &[Claim],
) {
    for (account, occasion) in accounts.iter_mut().zip(occasions) {
        let within = |claim: &&Claim| {
            occasion.tellings.iter().all(|telling| {
                let word = scene.document.lines[telling.at.line].span(telling.at.token..telling.at.token + 1);
                claim.content.iter().any(|content| content.covers(word))
            })
        };
        let Some(claim) = claims.iter().find(within) else { continue };
        if matches!(claim.doubt.value, Doubt::False | Doubt::Denied) && account.status.value == Status::Held {
            account.status = Sourced { value: Status::Denied, evidence: claim.doubt.evidence.clone() };
        }
        account.certainty = Sourced { value: Certainty::Unverified, evidence: claim.doubt.evidence.clone() };
    }
}

/// Whether a source speaks for no party to the contact.
fn is_third(scene: &Scene<'_, '_>, occasion: &Occasion, id: Id) -> bool {
    let speaker = &scene.cast.entities[id];
    let of_side = occasion.members().any(|m| {
        m == id
            || !speaker.countries.is_empty()
                && scene.cast.entities[m].countries.first() == speaker.countries.first()
    });
    !of_side || speaker.kind == PartyKind::Person && speaker.name.is_none() && speaker.plural
}

fn certainty(occasion: &Occasion, standing: &Modality, sources: &[(String, Span, bool)]) -> Certainty {
    // The reporter's own voice in one telling outweighs hearsay in another.
    let own_voice = occasion.tellings.iter().any(|t| t.said.iter().all(|s| s.source.is_none()));
    match standing.certainty {
        Certainty::Certain
            if !own_voice && sources.iter().all(|(_, _, third)| *third) && !sources.is_empty() =>
        {
            Certainty::Reported
        }
        other => other,
    }
}

fn place(cast: &Cast<'_>, report: &Report, occasion: &Occasion) -> Option<Sourced<String>> {
    if matches!(occasion.kind, Kind::Call | Kind::VideoCall) {
        return None;
    }
    let told = first(occasion, |t| t.place.clone()).map(stated);
    let host = occasion
        .other
        .first()
        .map(|&id| &cast.entities[id])
        .filter(|e| occasion.kind == Kind::Visit && e.kind == PartyKind::State);
    told.or_else(|| {
        // A capital is told by its own words; what stands for a state may first have been told by others ("the Oval Office").
        let words =
            |e: &Entity<'_>| if e.place { Some(report.words(e.first).to_string()) } else { e.name.clone() };
        host.and_then(|e| {
            words(e)
                .map(|name| Sourced::inferred(name, [occasion.tellings[0].evidence], Inferred::HostOfVisit))
        })
    })
}

fn topics(occasion: &Occasion) -> Vec<Sourced<String>> {
    let mut topics: Vec<Sourced<String>> = Vec::new();
    for (words, span) in occasion.tellings.iter().flat_map(|t| t.topics.clone()) {
        if topics.len() < 5 && topics.iter().all(|t| t.value != words) {
            topics.push(Sourced::stated(words, span));
        }
    }
    topics
}

fn evidence(occasion: &Occasion, extras: &Extras) -> Vec<Span> {
    let mut tellings: Vec<&Telling> = occasion.tellings.iter().collect();
    tellings.sort_by_key(|t| {
        (t.one.is_empty() || t.other.is_empty(), t.evidence.part == daybook_record::Part::Title)
    });
    let mut spans: Vec<Span> = Vec::new();
    for span in tellings.iter().map(|t| t.evidence).chain(extras.evidence.iter().copied()) {
        if spans.len() < 4 && !spans.iter().any(|s| s.covers(span)) {
            spans.push(span);
        }
    }
    spans
}

fn rules(occasion: &Occasion) -> Vec<String> {
    let mut rules: Vec<String> = Vec::new();
    for telling in &occasion.tellings {
        if !rules.contains(&telling.rule) {
            rules.push(telling.rule.clone());
        }
    }
    rules
}
