//! A server of HTTP on this machine, which answers as a test tells it and takes down what it was asked.
#![allow(clippy::disallowed_types, reason = "feeds are watched over a network, which ends on this machine")]

use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

/// A request, as it came.
#[derive(Debug, Clone)]
pub struct Asked {
    pub host: usize,
    pub path: String,
    /// Names in lower case.
    headers: Vec<(String, String)>,
}

impl Asked {
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }
}

/// What is sent back.
#[derive(Debug, Clone, Default)]
pub struct Answer {
    pub status: u16,
    pub headers: Vec<(&'static str, String)>,
    pub body: Vec<u8>,
    pub manner: Manner,
}

/// How it is sent.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub enum Manner {
    #[default]
    Whole,
    /// Nothing, and the connection is closed.
    Dropped,
    /// Half of what was announced.
    Half,
    /// A byte now and then.
    Dripping,
    /// The body again and again, for as long as somebody takes it.
    Endless,
}

impl Answer {
    pub fn of(status: u16, body: impl Into<Vec<u8>>) -> Answer {
        Answer { status, body: body.into(), ..Answer::default() }
    }

    pub fn with(mut self, name: &'static str, value: impl Into<String>) -> Answer {
        self.headers.push((name, value.into()));
        self
    }

    pub fn sent(self, manner: Manner) -> Answer {
        Answer { manner, ..self }
    }
}

/// Hosts that answer in one way, each with a port of its own.
pub struct Server {
    ports: Vec<u16>,
    asked: Arc<Mutex<Vec<Asked>>>,
}

impl Server {
    pub fn start(hosts: usize, answer: impl Fn(&Asked) -> Answer + Send + Sync + 'static) -> Server {
        let listeners: Vec<TcpListener> =
            (0..hosts).map(|_| TcpListener::bind("127.0.0.1:0").expect("a port")).collect();
        let port = |listener: &TcpListener| listener.local_addr().expect("an address").port();
        let ports = listeners.iter().map(port).collect();
        let asked = Arc::new(Mutex::new(Vec::new()));
        let answer = Arc::new(answer);
        for (host, listener) in listeners.into_iter().enumerate() {
            let (answer, asked) = (answer.clone(), asked.clone());
            thread::spawn(move || {
                for stream in listener.incoming().flatten() {
                    let (answer, asked) = (answer.clone(), asked.clone());
                    thread::spawn(move || serve(host, stream, &*answer, &asked));
                }
            });
        }
        Server { ports, asked }
    }

    pub fn url(&self, host: usize, path: &str) -> String {
        format!("http://127.0.0.1:{}{path}", self.ports[host])
    }

    /// What was asked since this was called last.
    pub fn asked(&self) -> Vec<Asked> {
        std::mem::take(&mut *self.asked.lock().expect("no thread has panicked"))
    }
}

fn serve(host: usize, stream: TcpStream, answer: &dyn Fn(&Asked) -> Answer, log: &Mutex<Vec<Asked>>) {
    let mut lines = BufReader::new(&stream).lines().map_while(Result::ok).take_while(|line| !line.is_empty());
    let Some(first) = lines.next() else { return };
    let path = first.split(' ').nth(1).unwrap_or_default().to_string();
    let header = |line: String| {
        line.split_once(':').map(|(name, value)| (name.to_lowercase(), value.trim().to_string()))
    };
    let asked = Asked { host, path, headers: lines.filter_map(header).collect() };
    log.lock().expect("no thread has panicked").push(asked.clone());
    // Who was sent enough may close the connection.
    let _ = send(&stream, &answer(&asked));
}

fn send(mut stream: &TcpStream, answer: &Answer) -> std::io::Result<()> {
    let Answer { status, headers, body, manner } = answer;
    if *manner == Manner::Dropped {
        return Ok(());
    }
    write!(stream, "HTTP/1.1 {status} Whatever\r\nConnection: close\r\n")?;
    for (name, value) in headers {
        write!(stream, "{name}: {value}\r\n")?;
    }
    if *manner != Manner::Endless && *status != 304 {
        write!(stream, "Content-Length: {}\r\n", body.len())?;
    }
    stream.write_all(b"\r\n")?;
    match manner {
        Manner::Whole => stream.write_all(body),
        Manner::Half => stream.write_all(&body[..body.len() / 2]),
        Manner::Dropped => Ok(()),
        Manner::Dripping => body.iter().try_for_each(|byte| {
            thread::sleep(Duration::from_millis(100));
            stream.write_all(&[*byte])
        }),
        Manner::Endless => loop {
            stream.write_all(body)?;
        },
    }
}
