//! A command line, read.

/// Pipelines one after another, each with what leads to it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct List(pub(super) Vec<(When, Pipeline)>);

/// When a pipeline runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum When {
    Always,
    /// `&&`
    Succeeded,
    /// `||`
    Failed,
}

/// Commands, each of which reads what the one before writes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Pipeline {
    pub(super) negated: bool,
    pub(super) commands: Vec<Command>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Command {
    pub(super) body: Body,
    pub(super) redirections: Vec<Redirection>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Body {
    Simple {
        assignments: Vec<(String, Word)>,
        words: Vec<Word>,
    },
    If {
        /// Conditions and what follows each.
        branches: Vec<(List, List)>,
        otherwise: List,
    },
    For {
        name: String,
        words: Vec<Word>,
        body: List,
    },
    /// `{ …; }`
    Group(List),
    /// `( … )`
    Subshell(List),
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Redirection {
    pub(super) stream: Stream,
    pub(super) to: Target,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stream {
    In,
    Out,
    Err,
    /// `&>`
    Both,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Target {
    File {
        path: Word,
        append: bool,
    },
    /// `2>&1`, `>&2`
    Stream(Stream),
    /// `<<<`
    Text(Word),
}

/// What is joined into one argument, or split into several.
pub(super) type Word = Vec<Piece>;

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Piece {
    /// In quotation marks: not to be split, no wildcards.
    pub(super) quoted: bool,
    pub(super) kind: PieceKind,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum PieceKind {
    Text(String),
    Parameter(Parameter),
    /// `$(…)`
    Output(List),
}

/// `$name`, `${name…}`
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Parameter {
    pub(super) name: String,
    pub(super) change: Option<Change>,
}

/// What is done to a parameter's value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Change {
    /// `${#name}`
    Length,
    /// `${name:-word}`; without the colon only where it is not set.
    Default { word: Word, or_empty: bool },
    /// `${name:=word}`: and from then on it is so.
    Assign { word: Word, or_empty: bool },
    /// `${name:+word}`
    Alternative { word: Word, or_empty: bool },
    /// `${name:?word}`
    Demand { word: Word, or_empty: bool },
    /// `${name#word}`, `${name##word}`
    WithoutPrefix { pattern: Word, longest: bool },
    /// `${name%word}`, `${name%%word}`
    WithoutSuffix { pattern: Word, longest: bool },
    /// `${name:offset:length}`
    Part { offset: i64, length: Option<i64> },
    /// `${name/text/other}`, `${name//text/other}`
    Replace { text: Word, other: Word, all: bool },
}
