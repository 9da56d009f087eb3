//! One occasion that a report tells of, with all its tellings.

use daybook_record::{Edtf, Grouping, Kind, PartyKind, Role, SharedParties, Way};

use jiff::civil::Date;

use crate::events::telling::{Telling, ToldParty, likeliest};
use crate::parties::cast::{Cast, Id};

/// One occasion and all its tellings, the first one first.
#[derive(Debug, Clone)]
pub(crate) struct Occasion {
    pub kind: Kind,
    /// Its parties in the order in which they are first told, each with its role.
    pub parties: Vec<OccasionParty>,
    pub aggregate: bool,
    pub tellings: Vec<Telling>,
}

/// A party of an occasion.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct OccasionParty {
    pub id: Id,
    pub role: Role,
    /// Whether a telling of the occasion names it; else another sentence does.
    pub is_named: bool,
}

impl Occasion {
    /// The occasion of some tellings, which come in the order of the text; `None` where they name fewer than two sides.
    pub fn of(mut tellings: Vec<Telling>, cast: &Cast<'_>) -> Option<Occasion> {
        let kind = more_exact(&tellings, likeliest(&weighed(&tellings, |t| &t.kinds))?);
        let parties = members(&tellings, kind, cast);
        // "Five calls" that are not told one by one.
        let counted = tellings.iter().any(|t| t.count.is_some() && !t.is_split);
        let aggregate = counted || mean(&tellings, |t| t.aggregate) >= 0.5;
        for number in 1..tellings.len() {
            tellings[number].joined = Some(why_joined(&tellings[..number], &tellings[number], cast));
        }
        (parties.len() > 1).then_some(Occasion { kind, parties, aggregate, tellings })
    }

    /// Takes up the tellings of another occasion that is this one.
    pub fn join(&mut self, other: Occasion, cast: &Cast<'_>) {
        let mut tellings = self.tellings.clone();
        tellings.extend(other.tellings);
        tellings.sort_by_key(|t| t.at);
        if let Some(whole) = Occasion::of(tellings, cast) {
            *self = whole;
        }
    }

    /// All its parties.
    pub fn members(&self) -> impl Iterator<Item = Id> + '_ {
        self.parties.iter().map(|p| p.id)
    }

    /// Those who called, wrote or travelled; none where that is not told.
    pub fn initiators(&self) -> impl Iterator<Item = Id> + '_ {
        self.parties.iter().filter(|p| p.role == Role::Initiator).map(|p| p.id)
    }

    /// Those who were called, written to or visited.
    pub fn recipients(&self) -> impl Iterator<Item = Id> + '_ {
        self.parties.iter().filter(|p| p.role == Role::Recipient).map(|p| p.id)
    }

    /// The most exact date told.
    pub fn date(&self) -> Option<&Edtf> {
        self.tellings.iter().filter_map(|t| t.date.as_ref()).map(|(d, _)| d).min_by_key(|d| d.width())
    }

    /// Whether it is one of the past that the report only looks back to.
    pub fn is_recalled(&self, published: Option<Date>) -> bool {
        is_over(self.date(), published)
    }

    /// How surely the report tells of it at all: by its surest telling.
    pub fn sure(&self) -> f32 {
        self.tellings.iter().map(|t| t.sure).fold(0.0, f32::max)
    }
}

/// A kind that a rule alone can tell, where it is a more exact word for the one that the tellings tell.
fn more_exact(tellings: &[Telling], kind: Kind) -> Kind {
    let by_rule = |t: &Telling| match t.kinds[..] {
        [(told, _)] => Some(told),
        _ => None,
    };
    tellings.iter().filter_map(by_rule).find(|told| told.is_more_exact_than(kind)).unwrap_or(kind)
}

/// The values of all tellings, each weighed by how surely it tells of the contact.
pub(crate) fn weighed<T: Copy + PartialEq>(
    tellings: &[Telling],
    of: impl Fn(&Telling) -> &Vec<(T, f32)>,
) -> Vec<(T, f32)> {
    let mut sums: Vec<(T, f32)> = Vec::new();
    for telling in tellings {
        for &(value, sure) in of(telling) {
            match sums.iter_mut().find(|(known, _)| *known == value) {
                Some((_, sum)) => *sum += sure * telling.sure,
                None => sums.push((value, sure * telling.sure)),
            }
        }
    }
    sums
}

fn mean(tellings: &[Telling], of: impl Fn(&Telling) -> f32) -> f32 {
    tellings.iter().map(of).sum::<f32>() / tellings.len().max(1) as f32
}

/// A party that an office or pronoun has to be led to counts so much beside one told by name.
const MEANT: f32 = 0.3;
/// The share of the tellings with several parties that has to name a party.
const MIN_SUPPORT: f32 = 0.5;

/// Roles, each with how much speaks for it.
type Weighed = Vec<(Role, f32)>;

/// The parties that the tellings name: a leader rather than the country that stands for them; where the tellings name fewer than
/// two, those that other sentences of the passage name.
fn members(tellings: &[Telling], kind: Kind, cast: &Cast<'_>) -> Vec<OccasionParty> {
    let mut told: Vec<(Id, bool, Weighed)> = Vec::new();
    let mut support: Vec<f32> = Vec::new();
    let whole: f32 = tellings.iter().filter(|t| t.is_whole()).map(|t| t.sure).sum();
    for telling in tellings {
        for party in &telling.parties {
            let at = told.iter().position(|(id, ..)| *id == party.id || cast.same_side(*id, party.id));
            let roles = party.roles.iter().map(|&(role, sure)| (role, sure * telling.sure));
            let at = at.unwrap_or_else(|| {
                told.push((party.id, true, Vec::new()));
                support.push(0.0);
                told.len() - 1
            });
            merge(&mut told[at].2, roles);
            support[at] += telling.sure * if party.by_name { 1.0 } else { MEANT };
        }
    }
    let leaders: Vec<Id> = told.iter().map(|(id, ..)| *id).collect();
    let mut shares: Vec<f32> = support.iter().map(|s| s / whole.max(0.01)).collect();
    for (at, (id, ..)) in told.iter().enumerate() {
        if leaders.iter().any(|&leader| leads(cast, leader, *id)) {
            shares[at] = 0.0;
        }
    }
    // Beside a person of their country a state, or an office that nobody bears by name, is the same side.
    for at in 0..told.len() {
        let side = told
            .iter()
            .enumerate()
            .any(|(other, (id, ..))| other != at && shares[other] > 0.0 && speaks_for(cast, *id, told[at].0));
        if side && shares.iter().filter(|&&s| s > 0.0).count() > 2 {
            shares[at] = 0.0;
        }
    }
    // A party that few of the tellings that name several know is another contact's, but two there must be.
    let mut ranked = shares.clone();
    ranked.sort_by(|a, b| b.total_cmp(a));
    let least = ranked.get(1).map_or(0.0, |second| second.min(MIN_SUPPORT));
    let mut share = shares.iter();
    told.retain(|_| share.next().is_some_and(|&s| s >= least && s > 0.0));
    if told.len() < 2 {
        let mut elsewhere: Vec<&ToldParty> = tellings.iter().flat_map(|t| &t.elsewhere).collect();
        elsewhere.sort_by(|a, b| b.sure.total_cmp(&a.sure));
        for party in elsewhere {
            let known =
                |id: Id| id == party.id || cast.same_side(id, party.id) || cast.stands_for(id, party.id);
            if told.len() < 2 && !told.iter().any(|(id, ..)| known(*id)) {
                told.push((party.id, false, party.roles.clone()));
            }
        }
    }
    let members = told.into_iter().map(|(id, is_named, roles)| OccasionParty {
        id,
        role: likeliest(&roles).unwrap_or(Role::Participant),
        is_named,
    });
    directed(members.collect(), kind)
}

/// Whether a person by name is of the country that is told, too, or of the one in which an office without a bearer is told.
fn speaks_for(cast: &Cast<'_>, person: Id, other: Id) -> bool {
    let (person, told) = (&cast.entities[person], &cast.entities[other]);
    let by_office = told.kind == PartyKind::Person && told.name.is_none() && !told.plural;
    person.kind == PartyKind::Person
        && person.name.is_some()
        && !told.countries.is_empty()
        && person.countries.first() == told.countries.first()
        && (told.kind == PartyKind::State || by_office)
}

fn merge(known: &mut Vec<(Role, f32)>, more: impl Iterator<Item = (Role, f32)>) {
    for (role, sure) in more {
        match known.iter_mut().find(|(r, _)| *r == role) {
            Some((_, sum)) => *sum += sure,
            None => known.push((role, sure)),
        }
    }
}

/// Whether a person is the leader of a country that is told, too.
fn leads(cast: &Cast<'_>, leader: Id, state: Id) -> bool {
    cast.entities[leader].kind == PartyKind::Person
        && cast.entities[state].kind == PartyKind::State
        && cast.stands_for(leader, state)
}

/// A direction has two ends: whoever is not known to have begun a contact that somebody began received it, and one whom nobody
/// called, wrote to or visited began nothing.
fn directed(mut members: Vec<OccasionParty>, kind: Kind) -> Vec<OccasionParty> {
    let has = |members: &[OccasionParty], role: Role| members.iter().any(|m| m.role == role);
    let one_way = matches!(kind, Kind::Visit | Kind::Letter | Kind::Message);
    if has(&members, Role::Recipient) && !has(&members, Role::Initiator) && one_way && members.len() == 2 {
        members.iter_mut().filter(|m| m.role == Role::Participant).for_each(|m| m.role = Role::Initiator);
    }
    if has(&members, Role::Initiator) && !has(&members, Role::Recipient) {
        members.iter_mut().filter(|m| m.role == Role::Participant).for_each(|m| m.role = Role::Recipient);
    }
    if !(has(&members, Role::Initiator) && has(&members, Role::Recipient)) {
        members.iter_mut().for_each(|m| m.role = Role::Participant);
    }
    members
}

/// Why a telling is of the contact that others told before it.
fn why_joined(before: &[Telling], telling: &Telling, cast: &Cast<'_>) -> Grouping {
    let members = || before.iter().flat_map(Telling::ids);
    let known = telling.ids().all(|n| members().any(|m| cast.same_side(m, n)));
    let parties = match (telling.group, telling.parties.len(), known) {
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

/// Whether a date is more than ten days before a report.
pub(super) fn is_over(date: Option<&Edtf>, published: Option<Date>) -> bool {
    let over = date.and_then(Edtf::last);
    matches!((over, published), (Some(over), Some(day)) if over < day && over.until(day).map_or(0, |s| s.get_days()) > 10)
}
