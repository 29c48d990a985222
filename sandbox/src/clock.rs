//! Time as the account sees it: wall time, passed in.

use std::time::Duration;

use time::OffsetDateTime;
use time::PrimitiveDateTime;
use time::format_description::BorrowedFormatItem;
use time::macros::format_description;

/// Wall time in milliseconds since the Unix epoch.
pub type Millis = i64;

const AMZ_DATE: &[BorrowedFormatItem<'static>] =
    format_description!("[year][month][day]T[hour][minute][second]Z");

/// What a machine needs `real` for on AWS, in this account's time.
///
/// Never shorter than a millisecond, so that what takes time is never there
/// at once and a client sees the state in between.
pub(crate) fn hurried(real: Duration, speed: u32) -> Millis {
    let millis = real.as_millis() / u128::from(speed.max(1));
    Millis::try_from(millis).unwrap_or(Millis::MAX).max(1)
}

/// ISO 8601 as AWS's XML services write it; the fraction only where there is one.
pub(crate) fn iso8601(at: Millis) -> String {
    let t = moment(at);
    let (date, (h, m, s)) = (t.date(), t.to_hms());
    let day = format!(
        "{:04}-{:02}-{:02}",
        date.year(),
        u8::from(date.month()),
        date.day()
    );
    match at.rem_euclid(1000) {
        0 => format!("{day}T{h:02}:{m:02}:{s:02}Z"),
        ms => format!("{day}T{h:02}:{m:02}:{s:02}.{ms:03}Z"),
    }
}

/// As HTTP's headers have it: `Sun, 30 Aug 2015 12:36:00 GMT`.
pub(crate) fn http_date(at: Millis) -> String {
    const DATE: &[BorrowedFormatItem<'static>] = format_description!(
        "[weekday repr:short], [day] [month repr:short] [year] [hour]:[minute]:[second] GMT"
    );
    moment(at).format(DATE).unwrap_or_default()
}

/// The `X-Amz-Date` form, `20150830T123600Z`.
pub(crate) fn amz_date(at: Millis) -> String {
    let t = moment(at);
    let (date, (h, m, s)) = (t.date(), t.to_hms());
    format!(
        "{:04}{:02}{:02}T{h:02}{m:02}{s:02}Z",
        date.year(),
        u8::from(date.month()),
        date.day()
    )
}

/// Reads the `X-Amz-Date` form.
pub(crate) fn parse_amz_date(text: &str) -> Option<Millis> {
    let at = PrimitiveDateTime::parse(text, AMZ_DATE).ok()?;
    Some(at.assume_utc().unix_timestamp() * 1000)
}

fn moment(at: Millis) -> OffsetDateTime {
    OffsetDateTime::from_unix_timestamp(at.div_euclid(1000)).unwrap_or(OffsetDateTime::UNIX_EPOCH)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn writes_the_fraction_only_where_there_is_one() {
        assert_eq!(iso8601(1_440_938_160_000), "2015-08-30T12:36:00Z");
        assert_eq!(iso8601(1_440_938_160_042), "2015-08-30T12:36:00.042Z");
        assert_eq!(iso8601(-1), "1969-12-31T23:59:59.999Z");
    }

    #[test]
    fn reads_what_it_writes() {
        assert_eq!(
            http_date(1_440_938_160_999),
            "Sun, 30 Aug 2015 12:36:00 GMT"
        );
        assert_eq!(amz_date(1_440_938_160_999), "20150830T123600Z");
        assert_eq!(parse_amz_date("20150830T123600Z"), Some(1_440_938_160_000));
        assert_eq!(parse_amz_date("2015-08-30T12:36:00Z"), None);
        assert_eq!(parse_amz_date("20151330T123600Z"), None);
    }

    #[test]
    fn machine_time_is_divided_by_the_speed() {
        let minute = Duration::from_mins(1);
        assert_eq!(hurried(minute, 1), 60_000);
        assert_eq!(hurried(minute, 20), 3_000);
        assert_eq!(hurried(minute, 0), 60_000, "a speed of nought is no hurry");
        assert_eq!(hurried(minute, u32::MAX), 1, "and nothing is there at once");
    }
}
