//! Turns an occasion with its tellings into an account: each value with the words that say so.

use daybook_record::{
    Account, Act, Certainty, Claim, Doubt, Edtf, Evidence, Inferred, Kind, Length, Participation, PartyKind,
    Polarity, Readout, Report, Role, Sourced, Span, Status,
};
use jiff::civil::Weekday;

use crate::contacts::confidence;
use crate::contacts::occasion::{Occasion, OccasionParty, weighed};
use crate::contacts::principals;
use crate::events::telling::{Scene, Telling, ToldPlace, likeliest};
use crate::parties::cast::{Cast, Id};
use crate::statements::FoundStatements;
use crate::syntax::document::Document;

/// What else the report tells of an occasion, found by rules of their own or inferred from the whole.
#[derive(Debug, Clone, Default)]
pub(crate) struct Extras {
    pub present: Vec<(Id, Span)>,
    pub readout: Readout,
    pub evidence: Vec<Span>,
    pub kind: Option<Sourced<Kind>>,
    pub inferred_date: Option<Sourced<Edtf>>,
    pub inferred_place: Option<Sourced<String>>,
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
    let mut date = date(occasion, &extras);
    let status = status(occasion, date.as_ref().map(|d| &d.value), scene.document);
    supposed(&mut date, scene);
    let certainty = likeliest(&weighed(&occasion.tellings, |t| &t.certainties)).unwrap_or(Certainty::Certain);
    let evidence = evidence(occasion, &extras);
    let trigger = Evidence::stated(evidence[0]);
    let countries: Vec<Option<&str>> = parties.iter().map(|p| p.party.country.as_deref()).collect();
    let domestic = countries[0].is_some() && countries.iter().all(|c| *c == countries[0]);
    let status_words = status_words(scene, occasion, status);
    Some(Account {
        kind: extras.kind.clone().unwrap_or(Sourced { value: occasion.kind, evidence: trigger }),
        present: present(cast, occasion, &extras.present),
        time: first(occasion, |t| t.time.clone()).map(stated),
        duration: length(occasion).map(stated),
        status: Sourced { value: status, evidence: Evidence::stated(status_words) },
        certainty: Sourced { value: certainty, evidence: Evidence::stated(status_words) },
        according_to: according_to(scene, occasion, said),
        place: place(cast, scene.document.report, occasion, &extras),
        topics: topics(occasion),
        first_or_last: first(occasion, |t| t.first_or_last.clone()).map(stated),
        // What never took place did not take place several times.
        aggregate: occasion.aggregate && status != Status::NotHeld,
        count: first(occasion, |t| t.count).map(stated),
        rules: rules(occasion),
        readout: extras.readout,
        parties,
        date,
        domestic,
        confidence: confidence::confidence(&scene.lexicon.confidence, &confidence::signs(cast, occasion)),
        evidence,
        explanation: None,
    })
}

fn stated<T>((value, span): (T, Span)) -> Sourced<T> {
    Sourced::stated(value, span)
}

fn first<T>(occasion: &Occasion, of: impl Fn(&Telling) -> Option<T>) -> Option<T> {
    occasion.tellings.iter().find_map(of)
}

fn parties(cast: &Cast<'_>, occasion: &Occasion, extras: &Extras) -> Vec<Participation> {
    let role = |member: &OccasionParty| match &extras.direction {
        Some((caller, _)) if *caller == member.id => Role::Initiator,
        Some(_) => Role::Recipient,
        None => member.role,
    };
    let spouses = principals::spouses(cast, occasion.members());
    let mut parties: Vec<Participation> = Vec::new();
    for member in occasion.parties.iter().filter(|m| !spouses.contains(&m.id)) {
        let party = cast.party(member.id);
        if parties.iter().all(|p| p.party != party) {
            let evidence = Evidence::stated(cast.entities[member.id].first);
            parties.push(Participation { role: role(member), evidence, party });
        }
    }
    parties
}

fn present(
    cast: &Cast<'_>,
    occasion: &Occasion,
    present: &[(Id, Span)],
) -> Vec<Sourced<daybook_record::Party>> {
    let told = occasion.tellings.iter().flat_map(|t| &t.present).chain(present);
    let mut others: Vec<(Id, Span)> = Vec::new();
    for &(id, span) in told.filter(|(id, _)| !occasion.members().any(|m| m == *id)) {
        if others.iter().all(|(known, _)| *known != id) {
            others.push((id, span));
        }
    }
    let spouses =
        principals::spouses(cast, occasion.members()).into_iter().map(|id| (id, cast.entities[id].first));
    others.into_iter().chain(spouses).map(|(id, span)| Sourced::stated(cast.party(id), span)).collect()
}

/// The most exact date told by a telling, or else inferred.
fn date(occasion: &Occasion, extras: &Extras) -> Option<Sourced<Edtf>> {
    let of = |tellings: &mut dyn Iterator<Item = (Edtf, Span)>| tellings.min_by_key(|(edtf, _)| edtf.width());
    let best = of(&mut occasion.tellings.iter().filter_map(|t| t.date.clone()));
    let best = best.map(|best| whole_stay(occasion, best));
    let inferred = extras.inferred_date.clone();
    match (best, inferred) {
        (Some(best), Some(inferred)) if inferred.value.width() < best.0.width() => Some(inferred),
        (best, inferred) => best.map(stated).or(inferred),
    }
}

/// A visit "from 2 to 3 February" lasts that long, though the arrival has a day of its own.
fn whole_stay(occasion: &Occasion, best: (Edtf, Span)) -> (Edtf, Span) {
    const MONTH: i32 = 31;
    let is_week = |e: &Edtf| e.width() == 6 && e.first().is_some_and(|d| d.weekday() == Weekday::Monday);
    let whole = |e: &Edtf| {
        matches!(e, Edtf::Interval(..)) && e.width() <= MONTH && !is_week(e) && e.overlaps(&best.0)
    };
    let mut told = occasion.tellings.iter().filter_map(|t| t.date.clone());
    told.find(|(edtf, _)| matches!(occasion.kind, Kind::Visit | Kind::Gathering) && whole(edtf))
        .unwrap_or(best)
}

/// A date that hangs on an inferred day of publication is itself inferred.
fn supposed(date: &mut Option<Sourced<Edtf>>, scene: &Scene<'_, '_>) {
    let Some(evidence) = date.as_mut().map(|d| &mut d.evidence) else { return };
    let phrase = scene.timed.iter().find(|t| evidence.spans.first() == Some(&t.span));
    if let (None, Some(why)) = (&evidence.inferred, phrase.and_then(|t| t.inferred.clone())) {
        evidence.inferred = Some(why);
    }
}

fn length(occasion: &Occasion) -> Option<(Length, Span)> {
    let told = occasion.tellings.iter().filter_map(|t| t.length.clone());
    // Of several the more precise one: an exact one before an approximate, then the one that tells more digits.
    told.min_by_key(|(length, _)| (length.approximate, std::cmp::Reverse(length.iso.len())))
}

/// How things stand by all tellings, as far as the day allows: what is still to come was not held, and nothing that is over goes on.
fn status(occasion: &Occasion, date: Option<&Edtf>, report: &Document<'_>) -> Status {
    let told = likeliest(&weighed(&occasion.tellings, |t| &t.statuses)).unwrap_or(Status::Held);
    let Some(date) = date else { return told };
    let ahead = matches!((date.first(), report.latest), (Some(day), Some(latest)) if day > latest);
    let over = matches!((date.last(), report.earliest), (Some(day), Some(earliest)) if day < earliest);
    match told {
        Status::Held | Status::UnderWay if ahead => Status::Scheduled,
        Status::UnderWay | Status::Scheduled if over => Status::Held,
        other => other,
    }
}

/// The words that decide how things stand in the telling that is surest of it; its trigger where no others do.
fn status_words(scene: &Scene<'_, '_>, occasion: &Occasion, status: Status) -> Span {
    let sure =
        |t: &Telling| t.statuses.iter().find(|(s, _)| *s == status).map_or(0.0, |(_, sure)| sure * t.sure);
    let surest = occasion.tellings.iter().reduce(|a, b| if sure(b) > sure(a) { b } else { a });
    let telling = surest.unwrap_or(&occasion.tellings[0]);
    let trigger = scene.document.lines[telling.at.line].span(telling.at.token..telling.at.token + 1);
    telling.status_words.unwrap_or(trigger)
}

/// On whose word an account stands: the speakers of the statements in which it is told, and those whom the syntax names as
/// telling it; of a statement as a whole, where nobody else is named, whoever makes it.
fn according_to(scene: &Scene<'_, '_>, occasion: &Occasion, said: &FoundStatements) -> Vec<Sourced<String>> {
    let mut found: Vec<Sourced<String>> = Vec::new();
    let over = occasion.tellings.iter().filter(|t| t.is_whole()).flat_map(|telling| said.over(telling.at));
    let told = over.filter(|s| s.act.value == Act::Said && s.polarity.value == Polarity::Affirmed);
    for speaker in told.flat_map(|statement| &statement.speakers) {
        let Some(name) = speaker.value.name.clone().or(speaker.value.office.clone()) else { continue };
        if found.iter().all(|known| known.value != name) {
            found.push(Sourced { value: name, evidence: speaker.evidence.clone() });
        }
    }
    for (_, name, span) in occasion.tellings.iter().flat_map(|t| &t.sources) {
        let known =
            |f: &Sourced<String>| f.value == *name || f.evidence.spans.iter().any(|s| s.overlaps(*span));
        if !found.iter().any(known) {
            found.push(Sourced::stated(name.clone(), *span));
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

/// Where: the most exact place that a telling names, or else where the host of a visit is, or the visit in which talks are told.
fn place(cast: &Cast<'_>, report: &Report, occasion: &Occasion, extras: &Extras) -> Option<Sourced<String>> {
    if matches!(occasion.kind, Kind::Call | Kind::VideoCall) {
        return None;
    }
    told_place(cast, occasion)
        .map(|place| Sourced::stated(place.words.clone(), place.span))
        .or_else(|| host(cast, report, occasion))
        .or_else(|| extras.inferred_place.clone())
}

/// The place told, a town or house before a country; not one in another country than the one that a visit goes to.
pub(crate) fn told_place<'o>(cast: &Cast<'_>, occasion: &'o Occasion) -> Option<&'o ToldPlace> {
    let host = occasion.recipients().next().and_then(|id| cast.entities[id].countries.first());
    let elsewhere = |place: &ToldPlace| {
        occasion.kind == Kind::Visit
            && host.is_some()
            && place.country.is_some()
            && place.country.as_ref() != host
    };
    let told = || occasion.tellings.iter().filter_map(|t| t.place.as_ref()).filter(|p| !elsewhere(p));
    told().find(|place| !place.is_state).or_else(|| told().next())
}

/// The state that a visit goes to.
fn host(cast: &Cast<'_>, report: &Report, occasion: &Occasion) -> Option<Sourced<String>> {
    let host = &cast.entities[occasion.recipients().next().filter(|_| occasion.kind == Kind::Visit)?];
    // A capital is told by its own words; what stands for a state may first have been told by others ("the Oval Office").
    let name = if host.place { Some(report.words(host.first).to_string()) } else { host.name.clone() };
    let name = name.filter(|_| host.kind == PartyKind::State)?;
    Some(Sourced::inferred(name, [occasion.tellings[0].evidence], Inferred::HostOfVisit))
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
    tellings.sort_by_key(|t| (!t.is_whole(), t.evidence.part == daybook_record::Part::Title));
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
    for rule in occasion.tellings.iter().filter_map(|t| t.rule.as_ref()) {
        if !rules.contains(rule) {
            rules.push(rule.clone());
        }
    }
    rules
}
