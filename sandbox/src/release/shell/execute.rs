//! Running what was read.

use super::commands;
use super::expand::Problem;
use super::machine::{Machine, Surroundings, TEXT};
use super::syntax::{Body, Command, List, Pipeline, Redirection, Stream, Target, When, Word};
use crate::context::Cx;

/// How many commands a line may run.
const STEPS: u32 = 5_000;

/// What ran left behind: a status, and what it wrote, in order.
#[derive(Debug, Default)]
pub(super) struct Ran {
    pub(super) status: u8,
    /// Whether to the error stream, and what.
    written: Vec<(bool, String)>,
}

impl Ran {
    pub(super) fn out(text: impl Into<String>) -> Ran {
        Ran {
            status: 0,
            written: vec![(false, text.into())],
        }
    }

    /// Nothing but a status.
    pub(super) fn status(status: u8) -> Ran {
        Ran {
            status,
            written: Vec::new(),
        }
    }

    /// A complaint, a line of its own.
    pub(super) fn failed(status: u8, words: impl std::fmt::Display) -> Ran {
        Ran {
            status,
            written: vec![(true, format!("{words}\n"))],
        }
    }

    pub(super) fn with_status(self, status: u8) -> Ran {
        Ran { status, ..self }
    }

    pub(super) fn and_err(mut self, words: &str) -> Ran {
        self.written.push((true, words.to_owned()));
        self
    }

    /// What went to the output.
    fn output(&self) -> String {
        let output = self.written.iter().filter(|(is_error, _)| !is_error);
        output.map(|(_, text)| text.as_str()).collect()
    }

    /// All that was written.
    pub(super) fn all(&self) -> String {
        self.written.iter().map(|(_, text)| text.as_str()).collect()
    }

    fn then(&mut self, next: Ran) {
        self.status = next.status;
        self.written.extend(next.written);
    }
}

pub(super) struct Shell<'a, 'cx> {
    pub(super) cx: &'a mut Cx<'cx>,
    pub(super) machine: &'a mut Machine,
    pub(super) surroundings: &'a Surroundings,
    status: u8,
    /// The status of the last `$(…)`, which is that of an assignment with one.
    substituted: u8,
    exiting: Option<u8>,
    /// What commands in `$(…)` complained of, not heard yet.
    complaints: Vec<(bool, String)>,
    steps: u32,
    took: u32,
}

impl<'a, 'cx> Shell<'a, 'cx> {
    pub(super) fn new(
        cx: &'a mut Cx<'cx>,
        machine: &'a mut Machine,
        surroundings: &'a Surroundings,
    ) -> Shell<'a, 'cx> {
        Shell {
            cx,
            machine,
            surroundings,
            status: 0,
            substituted: 0,
            exiting: None,
            complaints: Vec::new(),
            steps: 0,
            took: 0,
        }
    }
}

impl Shell<'_, '_> {
    /// The status of the last command.
    pub(super) fn status(&self) -> u8 {
        self.status
    }

    /// The status that `exit` was given.
    pub(super) fn exit_status(&self) -> Option<u8> {
        self.exiting
    }

    pub(super) fn exit(&mut self, status: u8) {
        self.exiting = Some(status);
    }

    /// How long it all took on AWS, in tenths of a second.
    pub(super) fn took(&self) -> u32 {
        self.took
    }

    /// Lets a command take so long.
    pub(super) fn takes(&mut self, tenths: u32) {
        self.took = self.took.saturating_add(tenths);
    }

    pub(super) fn list(&mut self, list: &List, input: &str) -> Ran {
        let mut ran = Ran::default();
        for (when, pipeline) in &list.0 {
            let runs = match when {
                When::Always => true,
                When::Succeeded => ran.status == 0,
                When::Failed => ran.status != 0,
            };
            if runs && self.exiting.is_none() {
                ran.then(self.pipeline(pipeline, input));
                self.status = ran.status;
            }
        }
        ran
    }

    fn pipeline(&mut self, pipeline: &Pipeline, input: &str) -> Ran {
        let (mut ran, mut input) = (Ran::default(), input.to_owned());
        let last = pipeline.commands.len() - 1;
        for (at, command) in pipeline.commands.iter().enumerate() {
            let mut next = self.command(command, &input);
            if at < last {
                input = next.output();
                // What is piped is not seen; complaints are.
                next.written.retain(|(is_error, _)| *is_error);
            }
            ran.then(next);
        }
        if pipeline.negated {
            ran.status = u8::from(ran.status == 0);
        }
        ran
    }

    fn command(&mut self, command: &Command, input: &str) -> Ran {
        self.steps += 1;
        if self.steps > STEPS {
            self.exit(137);
            return Ran::failed(137, "sh: too many commands; the build's machine gave up");
        }
        let input = match self.input(&command.redirections, input) {
            Ok(input) => input,
            Err(problem) => return Ran::failed(1, format!("sh: {problem}")),
        };
        let mut ran = match &command.body {
            Body::Simple { assignments, words } => self.simple(assignments, words, &input),
            Body::If {
                branches,
                otherwise,
            } => self.condition(branches, otherwise, &input),
            Body::For { name, words, body } => self.repetition(name, words, body, &input),
            Body::Group(list) => self.list(list, &input),
            Body::Subshell(list) => {
                // Variables and the folder are as before afterwards.
                let (variables, folder) =
                    (self.machine.variables.clone(), self.machine.folder.clone());
                let mut ran = self.list(list, &input);
                ran.status = self.exiting.take().unwrap_or(ran.status);
                (self.machine.variables, self.machine.folder) = (variables, folder);
                ran
            }
        };
        ran.written.splice(..0, self.complaints.drain(..));
        if ran.all().len() > TEXT {
            ran = Ran::failed(1, "sh: write error: too much output");
        }
        self.redirect(ran, &command.redirections)
    }

    fn simple(&mut self, assignments: &[(String, Word)], words: &[Word], input: &str) -> Ran {
        self.substituted = 0;
        let before = self.machine.variables.clone();
        for (name, word) in assignments {
            let set = self.text(word).map(|value| self.machine.set(name, value));
            match set {
                Ok(true) => {}
                Ok(false) => return Ran::failed(1, format!("sh: {name}: value too long")),
                Err(Problem(problem)) => return Ran::failed(1, format!("sh: {problem}")),
            }
        }
        let arguments = match self.arguments(words) {
            Ok(arguments) => arguments,
            Err(Problem(problem)) => return Ran::failed(1, format!("sh: {problem}")),
        };
        let Some((name, arguments)) = arguments.split_first() else {
            return Ran::status(self.substituted);
        };
        let ran = commands::run(self, name, arguments, input);
        if !assignments.is_empty() {
            // In front of a command they hold for it alone.
            for (name, _) in assignments {
                match before.get(name) {
                    Some(value) => self.machine.variables.insert(name.clone(), value.clone()),
                    None => self.machine.variables.remove(name),
                };
            }
        }
        ran
    }

    fn condition(&mut self, branches: &[(List, List)], otherwise: &List, input: &str) -> Ran {
        let mut ran = Ran::default();
        for (test, body) in branches {
            ran.then(self.list(test, input));
            if ran.status == 0 {
                ran.then(self.list(body, input));
                return ran;
            }
        }
        ran.then(self.list(otherwise, input));
        ran
    }

    fn repetition(&mut self, name: &str, words: &[Word], body: &List, input: &str) -> Ran {
        let mut ran = Ran::default();
        let values = match self.arguments(words) {
            Ok(values) => values,
            Err(Problem(problem)) => return Ran::failed(1, format!("sh: {problem}")),
        };
        for value in values {
            if self.exiting.is_none() {
                self.machine.set(name, value);
                ran.then(self.list(body, input));
            }
        }
        ran
    }

    /// What a command writes, as `$(…)` takes it: without the line ends at its end. What it
    /// complains of is heard with the command around it.
    pub(super) fn output_of(&mut self, list: &List) -> String {
        let (variables, folder) = (self.machine.variables.clone(), self.machine.folder.clone());
        let ran = self.list(list, "");
        self.substituted = self.exiting.take().unwrap_or(ran.status);
        (self.machine.variables, self.machine.folder) = (variables, folder);
        let complaints = ran.written.iter().filter(|(is_error, _)| *is_error);
        self.complaints.extend(complaints.cloned());
        ran.output().trim_end_matches('\n').to_owned()
    }

    fn input(&mut self, redirections: &[Redirection], input: &str) -> Result<String, String> {
        let mut input = input.to_owned();
        for Redirection { stream, to } in redirections {
            match to {
                Target::Text(word) => input = self.text(word).map_err(|problem| problem.0)? + "\n",
                Target::File { path, .. } if *stream == Stream::In => {
                    let path = self.text(path).map_err(|problem| problem.0)?;
                    input = match path.as_str() {
                        "/dev/null" => String::new(),
                        path => {
                            let read = self.machine.read(path);
                            read.ok_or_else(|| format!("{path}: No such file or directory"))?
                        }
                    };
                }
                _ => {}
            }
        }
        Ok(input)
    }

    /// Sends what was written where the redirections say.
    fn redirect(&mut self, ran: Ran, redirections: &[Redirection]) -> Ran {
        let (mut out, mut err) = (Place::Out, Place::Err);
        let mut files = Vec::new();
        for Redirection { stream, to } in redirections {
            let place = match to {
                Target::Stream(Stream::Out) => out,
                Target::Stream(_) => err,
                Target::File { path, append } if *stream != Stream::In => {
                    files.push((path, *append, String::new()));
                    Place::File(files.len() - 1)
                }
                _ => continue,
            };
            match stream {
                Stream::In => {}
                Stream::Out => out = place,
                Stream::Err => err = place,
                Stream::Both => (out, err) = (place, place),
            }
        }
        let mut left = Ran::status(ran.status);
        for (is_error, text) in ran.written {
            match if is_error { err } else { out } {
                Place::Out => left.written.push((false, text)),
                Place::Err => left.written.push((true, text)),
                Place::File(at) => files[at].2.push_str(&text),
            }
        }
        for (path, append, text) in files {
            let written = match self.text(path) {
                Ok(path) => self.machine.write(&path, text, append),
                Err(Problem(problem)) => Err(problem),
            };
            if let Err(problem) = written {
                left.then(Ran::failed(1, format!("sh: {problem}")));
            }
        }
        left
    }
}

/// Where a stream goes.
#[derive(Clone, Copy)]
enum Place {
    Out,
    Err,
    File(usize),
}
