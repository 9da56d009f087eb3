//! A pool of connections to the book: one for each question that is being answered.

use std::sync::{Arc, Mutex, PoisonError};

use daybook::{Access, Book, BookError};
use tokio::sync::Semaphore;

use crate::problem::Problem;

/// How a connection is opened.
pub type Open = Arc<dyn Fn(Access) -> Result<Book, BookError> + Send + Sync>;

/// Connections for reading, opened as they are needed, and at most so many of them.
#[derive(Clone)]
pub(crate) struct Pool {
    open: Open,
    idle: Arc<Mutex<Vec<Book>>>,
    places: Arc<Semaphore>,
}

impl Pool {
    /// At most `most` connections at a time.
    pub(crate) fn new(open: Open, most: usize) -> Pool {
        Pool { open, idle: Arc::default(), places: Arc::new(Semaphore::new(most)) }
    }

    /// Answers questions from one state of the book, on a thread of its own.
    pub(crate) async fn ask<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Book) -> Result<T, Problem> + Send + 'static,
    ) -> Result<T, Problem> {
        let place = self.places.clone().acquire_owned().await.map_err(|_| Problem::stopping())?;
        let books = self.clone();
        let answer = tokio::task::spawn_blocking(move || {
            let mut book = books.idle()?;
            let answer = book.with_snapshot(|book| Ok(work(book)))?;
            // One whose question failed in the database may be broken, and is not used again.
            books.idle.lock().unwrap_or_else(PoisonError::into_inner).push(book);
            drop(place);
            answer
        });
        answer.await.map_err(|_| Problem::failed())?
    }

    /// Writes to the book by a connection that is opened for it.
    pub(crate) async fn write<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Book) -> Result<T, Problem> + Send + 'static,
    ) -> Result<T, Problem> {
        let open = self.open.clone();
        tokio::task::spawn_blocking(move || work(&mut open(Access::Existing)?))
            .await
            .map_err(|_| Problem::failed())?
    }

    fn idle(&self) -> Result<Book, BookError> {
        let idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        idle.map_or_else(|| (self.open)(Access::ReadOnly), Ok)
    }
}
