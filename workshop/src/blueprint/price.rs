//! What a resource costs while it exists.

use serde::{Deserialize, Serialize};

/// Millionths of a US dollar.
pub type Micros = u64;

/// The prices here are AWS's list prices of us-east-1 at this date: an estimate to act on.
pub const PRICES_AS_OF: &str = "November 2024, us-east-1";

/// A resource's price.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Price {
    /// It costs nothing by itself.
    Free,
    /// It costs this much an hour, whatever its settings.
    Hourly(Micros),
    /// It costs what its database instance class costs.
    ByInstanceClass,
}

impl Price {
    /// Per hour, given the instance class that was found or chosen.
    pub fn hourly(self, class: Option<&str>) -> Micros {
        match self {
            Self::Free => 0,
            Self::Hourly(micros) => micros,
            Self::ByInstanceClass => instance_class(class.unwrap_or("db.t3.medium")),
        }
    }
}

/// Aurora PostgreSQL on demand, per hour (Amazon Aurora pricing). An unknown class counts as the
/// dearest listed, so that the meter errs on the side of a warning.
fn instance_class(class: &str) -> Micros {
    match class {
        "db.t4g.medium" => 73_000,
        "db.t3.medium" => 82_000,
        "db.t4g.large" => 146_000,
        "db.t3.large" => 164_000,
        "db.r6g.large" => 260_000,
        _ => 290_000,
    }
}
