//! How fast accounts are settled: accounts per second, from a thousand to four thousand of one year.

use criterion::{BenchmarkId, Criterion, Throughput};
use daybook_ledger::{ContactDays, Decisions, Features, Identity, Participant, settle};
use daybook_record::{Kind, PartyKind, Role, Status};

/// A year that countries keep as busy as in a book of official readouts.
const DAYS: usize = 364;
const SIDES: usize = 40;

fn main() {
    let mut criterion = Criterion::default().configure_from_args();
    let decisions = Decisions::default();
    let mut group = criterion.benchmark_group("ledger");
    for size in [1000, 2000, 4000] {
        let accounts: Vec<Features> = (0..size).map(account).collect();
        let joins = settle(&accounts, &decisions).joins.len();
        assert!(joins >= size / 2, "{joins} joins: the two accounts of each contact are to be joined");
        group.throughput(Throughput::Elements(size as u64));
        group.bench_function(BenchmarkId::new("settling", size), |b| {
            b.iter(|| settle(&accounts, &decisions));
        });
    }
    group.finish();
    criterion.final_summary();
}

/// The account of that number: two tell of each contact, and contacts are spread over sides and days.
fn account(number: usize) -> Features {
    let contact = number / 2;
    let (one, other) = (contact * 7 % SIDES, (contact * 7 + 1 + contact % 5) % SIDES);
    let day = (contact * 31 % DAYS) as i32;
    Features {
        id: format!("{number:016x}"),
        report: format!("{number:032x}"),
        publisher: Some(format!("publisher {}", number % 9)),
        side: None,
        published: None,
        kind: [Kind::Call, Kind::Meeting, Kind::Visit][contact % 3],
        status: Status::Held,
        participants: vec![participant(one, Role::Initiator), participant(other, Role::Recipient)],
        days: ContactDays::Told { first: day, last: day, inferred: false },
        time: None,
        place: None,
        aggregate: false,
    }
}

fn participant(side: usize, role: Role) -> Participant {
    let identity = Identity { who: format!("Q{}", 1000 + side), side: Some(format!("S{side:02}")) };
    Participant { identity, kind: PartyKind::Person, name: Some(format!("Person {side}")), role }
}
