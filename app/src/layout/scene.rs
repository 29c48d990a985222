//! A map, laid out.

use workshop::blueprint::Kind;

/// A map, laid out. Lengths are in the map's own units, which are CSS pixels at full size.
#[derive(Debug)]
pub(crate) struct Scene {
    /// The width of the whole.
    pub(crate) width: u32,
    /// The height of the whole.
    pub(crate) height: u32,
    /// What stands inside the account.
    pub(crate) region: Option<SceneRegion>,
    /// The boxes.
    pub(crate) nodes: Vec<SceneNode>,
    /// The arrows.
    pub(crate) edges: Vec<SceneEdge>,
}

/// The outline of the account.
#[derive(Debug)]
pub(crate) struct SceneRegion {
    /// An SVG path.
    pub(crate) path: String,
    /// Whose account it is.
    pub(crate) label: String,
    /// Where the label begins.
    pub(crate) at: (u32, u32),
}

/// A box.
#[derive(Debug)]
pub(crate) struct SceneNode {
    /// The upper left corner.
    pub(crate) at: (u32, u32),
    /// Width and height.
    pub(crate) size: (u32, u32),
    /// What it is called.
    pub(crate) label: String,
    /// The second line.
    pub(crate) note: String,
    /// Where it leads.
    pub(crate) address: Option<String>,
    /// Its resource.
    pub(crate) kind: Option<Kind>,
    /// The small resources that sit on it, each with what it is.
    pub(crate) dots: Vec<(Kind, String)>,
    /// Whether it belongs to something else than what the map is about.
    pub(crate) aside: bool,
}

/// An arrow.
#[derive(Debug)]
pub(crate) struct SceneEdge {
    /// An SVG path.
    pub(crate) path: String,
    /// What travels.
    pub(crate) label: String,
    /// Where the label's middle stands, if there is room for it.
    pub(crate) label_at: Option<(u32, u32)>,
    /// The resources at its ends.
    pub(crate) ends: (Option<Kind>, Option<Kind>),
}
