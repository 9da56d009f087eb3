//! The pairs of parties of an entry that were in contact.

use daybook_record::{Entry, Role};

/// Two parties of an entry, by their numbers in [`Entry::parties`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Pair {
    /// Who turned to the other; merely the first of the two where no direction is told.
    pub(crate) from: usize,
    /// The other.
    pub(crate) to: usize,
    /// Whether a direction is told.
    pub(crate) directed: bool,
}

/// The pairs, in the order of the parties. Those who call, write or travel together are no pair, nor are their hosts.
pub(crate) fn pairs(entry: &Entry) -> Vec<Pair> {
    let all = 0..entry.parties.len();
    let each = all.flat_map(|first| (first + 1..entry.parties.len()).map(move |second| (first, second)));
    each.filter_map(|(first, second)| pair(entry, first, second)).collect()
}

fn pair(entry: &Entry, first: usize, second: usize) -> Option<Pair> {
    let [one, other] = [first, second].map(|number| &entry.parties[number]);
    if one.identity == other.identity {
        return None;
    }
    match (one.role, other.role) {
        (Role::Participant, Role::Participant) => Some(Pair { from: first, to: second, directed: false }),
        (Role::Initiator, Role::Initiator) | (Role::Recipient, Role::Recipient) => None,
        (Role::Initiator, _) | (_, Role::Recipient) => Some(Pair { from: first, to: second, directed: true }),
        (_, Role::Initiator) | (Role::Recipient, _) => Some(Pair { from: second, to: first, directed: true }),
    }
}
