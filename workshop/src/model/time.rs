//! Points in time.

use serde::{Deserialize, Serialize};

/// Milliseconds since 1970-01-01T00:00:00Z.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
pub struct Timestamp(pub i64);

impl Timestamp {
    /// How long ago `self` was at `now`, in words: "4 s ago", "3 min ago", "2 h ago".
    pub fn ago(self, now: Self) -> String {
        let seconds = (now.0 - self.0).max(0) / 1000;
        match seconds {
            0 => "just now".to_owned(),
            1..60 => format!("{seconds} s ago"),
            60..3600 => format!("{} min ago", seconds / 60),
            3600..86_400 => format!("{} h ago", seconds / 3600),
            _ => format!("{} d ago", seconds / 86_400),
        }
    }

    /// As UTC, `2026-11-24 08:15:03 UTC`.
    pub fn utc(self) -> String {
        let seconds = self.0.div_euclid(1000);
        let (days, second) = (seconds.div_euclid(86_400), seconds.rem_euclid(86_400));
        let (year, month, day) = civil(days);
        format!(
            "{year:04}-{month:02}-{day:02} {:02}:{:02}:{:02} UTC",
            second / 3600,
            second / 60 % 60,
            second % 60
        )
    }
}

/// The Gregorian date of a day counted from 1970-01-01 (Howard Hinnant's `civil_from_days`).
fn civil(days: i64) -> (i64, i64, i64) {
    let days = days + 719_468;
    let era = days.div_euclid(146_097);
    let of_era = days.rem_euclid(146_097);
    let year_of_era = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let day_of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * shifted + 2) / 5 + 1;
    let month = if shifted < 10 {
        shifted + 3
    } else {
        shifted - 9
    };
    (year_of_era + era * 400 + i64::from(month <= 2), month, day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_dates() {
        assert_eq!(Timestamp(0).utc(), "1970-01-01 00:00:00 UTC");
        assert_eq!(Timestamp(951_782_400_000).utc(), "2000-02-29 00:00:00 UTC");
        assert_eq!(
            Timestamp(1_795_508_103_000).utc(),
            "2026-11-24 08:15:03 UTC"
        );
        assert_eq!(Timestamp(1_000).ago(Timestamp(5_500)), "4 s ago");
        assert_eq!(Timestamp(0).ago(Timestamp(7_200_000)), "2 h ago");
    }
}
