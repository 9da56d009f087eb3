//! The threads that networks run on.

use std::cell::RefCell;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::{mem, process};

use rten::ThreadPool;

/// Pools of one thread each that nobody works on.
static IDLE: Mutex<Idle> = Mutex::new(Idle { process: 0, pools: Vec::new() });

struct Idle {
    /// The process that has the threads: a fork of it has none of them.
    process: u32,
    pools: Vec<Arc<ThreadPool>>,
}

thread_local! {
    /// The pool that this thread is the one of.
    static OWN: RefCell<Option<Arc<ThreadPool>>> = const { RefCell::new(None) };
}

/// A pool that is idle again once this is dropped.
struct Taken(Arc<ThreadPool>);

impl Taken {
    fn take() -> Taken {
        let mut idle = IDLE.lock().unwrap_or_else(PoisonError::into_inner);
        if idle.process != process::id() {
            // There is no thread left to end.
            mem::forget(mem::take(&mut idle.pools));
            idle.process = process::id();
        }
        Taken(idle.pools.pop().unwrap_or_else(|| Arc::new(ThreadPool::with_num_threads(1))))
    }
}

impl Drop for Taken {
    fn drop(&mut self) {
        IDLE.lock().unwrap_or_else(PoisonError::into_inner).pools.push(self.0.clone());
    }
}

/// Does `work` on a thread that networks run on, which nobody else has at the time, and waits for it. A [`crate::Language`] that
/// is asked there runs its network on the same thread; elsewhere each batch of sentences is handed over and waited for, which
/// leaves processors idle where many threads read. Work that is on such a thread already stays there.
///
/// ```
/// let thread = || std::thread::current().id();
/// let (one, within) = daybook_language::at_work(|| (thread(), daybook_language::at_work(thread)));
/// assert_eq!(one, within);
/// ```
pub fn at_work<T: Send>(work: impl FnOnce() -> T + Send) -> T {
    with_pool(|_| work())
}

/// The same, told which pool the thread is of.
pub(crate) fn with_pool<T: Send>(work: impl FnOnce(Arc<ThreadPool>) -> T + Send) -> T {
    if let Some(own) = OWN.with_borrow(Clone::clone) {
        return work(own);
    }
    let taken = Taken::take();
    let own = taken.0.clone();
    taken.0.run(|| {
        OWN.set(Some(own.clone()));
        work(own)
    })
}

/// Whether this process is a fork of one that had asked before it loaded a network, so that the threads on which the engine
/// prepares networks are gone.
pub(crate) fn is_fork() -> bool {
    static FIRST: OnceLock<u32> = OnceLock::new();
    *FIRST.get_or_init(process::id) != process::id()
}
