//! REST with XML, as S3 speaks it: method, path, query, headers and body into one `Value`, and out
//! of one.
//!
//! Which of them an operation's members are is said in its [`Route`]; nothing else here knows any
//! operation. What a request says beyond that is refused, as S3 refuses what it has not got.

mod address;
mod chunks;
mod document;
mod read;
mod write;

pub(super) use read::read;
pub(super) use write::{failure, success};

/// Where an operation is, what it takes from where, what it gives.
pub(crate) struct Route {
    pub(crate) operation: &'static str,
    pub(crate) method: &'static str,
    pub(crate) on: On,
    /// The query parameter that tells it from the others there: `versioning`. Empty if none does.
    pub(crate) query: &'static str,
    /// Members beside `Bucket` and `Key`.
    pub(crate) takes: &'static [(&'static str, From)],
    pub(crate) gives: Gives,
}

/// What an operation is of.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum On {
    Service,
    Bucket,
    Object,
}

/// Where a member comes from.
pub(crate) enum From {
    Query(&'static str),
    Header(&'static str),
    /// All headers that begin so, as one mapping.
    Headers(&'static str),
    /// The body: a document with this root, in which these elements are lists, however many there
    /// are of them.
    Document {
        root: &'static str,
        lists: &'static [&'static str],
    },
    /// The body, in base64.
    Body,
}

/// The form of an answer. A member `Body`, in base64, is the body itself; what is neither that nor a
/// header is a document, in which lists are flat.
pub(crate) struct Gives {
    pub(crate) status: u16,
    /// The document's root. Empty if there is none.
    pub(crate) root: &'static str,
    /// Members that are headers. One that ends in `*` is a mapping of headers that begin so.
    pub(crate) headers: &'static [(&'static str, &'static str)],
}

impl Gives {
    /// Nothing but a status.
    pub(crate) const fn nothing(status: u16) -> Gives {
        Gives {
            status,
            root: "",
            headers: &[],
        }
    }

    /// A document.
    pub(crate) const fn document(root: &'static str) -> Gives {
        Gives {
            status: 200,
            root,
            headers: &[],
        }
    }
}
