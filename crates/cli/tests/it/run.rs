//! Runs the built program and takes down what it does.
#![allow(clippy::disallowed_methods, reason = "this helper runs the program")]

use std::io::{Read, Write};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::thread;

/// A run of the program, in the folder of the examples, that is about to begin.
pub struct Ran<'a> {
    pub arguments: Vec<String>,
    pub input: Vec<u8>,
    pub columns: Option<&'a str>,
    pub environment: &'a [(&'a str, &'a str)],
}

/// What a run has done.
pub struct Done {
    pub code: i32,
    pub output: String,
    pub messages: String,
}

pub fn daybook<'a>(arguments: &[&str]) -> Ran<'a> {
    with_input(arguments, b"")
}

pub fn with_input<'a>(arguments: &[&str], input: &[u8]) -> Ran<'a> {
    let arguments = arguments.iter().map(|argument| argument.to_string()).collect();
    Ran { arguments, input: input.to_vec(), columns: None, environment: &[] }
}

/// The path of one of the examples that come with the program.
pub fn example(name: &str) -> String {
    format!("{}/../../examples/{name}", env!("CARGO_MANIFEST_DIR"))
}

/// An empty folder for one test.
pub fn scratch(name: &str) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).expect("a scratch folder");
    folder
}

impl Ran<'_> {
    pub fn done(self) -> Done {
        let (mut child, input) = self.start();
        let mut output = String::new();
        child.stdout.take().expect("a pipe").read_to_string(&mut output).expect("UTF-8");
        finish(child, input, output)
    }

    /// The run, which must end well.
    pub fn well(self) -> Done {
        let arguments = self.arguments.clone();
        let done = self.done();
        assert_eq!(done.code, 0, "{arguments:?}: {}", done.messages);
        done
    }

    /// The run with its output closed after the first bytes.
    pub fn cut_short(self) -> Done {
        let (mut child, input) = self.start();
        let mut first = [0; 10];
        child.stdout.take().expect("a pipe").read_exact(&mut first).expect("some output");
        finish(child, input, String::from_utf8_lossy(&first).into_owned())
    }

    fn start(self) -> (Child, thread::JoinHandle<()>) {
        let mut command = Command::new(env!("CARGO_BIN_EXE_daybook"));
        command
            .current_dir(example(""))
            .args(&self.arguments)
            .env_clear()
            .envs(self.environment.iter().copied());
        command.envs(self.columns.map(|columns| ("COLUMNS", columns)));
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().expect("the program");
        let mut pipe = child.stdin.take().expect("a pipe");
        // A program that ends before it has read everything closes the pipe; that is its right.
        let input = thread::spawn(move || drop(pipe.write_all(&self.input)));
        (child, input)
    }
}

fn finish(mut child: Child, input: thread::JoinHandle<()>, output: String) -> Done {
    let mut messages = String::new();
    child.stderr.take().expect("a pipe").read_to_string(&mut messages).expect("UTF-8");
    let code = child.wait().expect("an end").code().expect("an exit code");
    input.join().expect("the input was written");
    Done { code, output, messages }
}
