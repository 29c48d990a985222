//! SVG paths with rounded corners.

use std::fmt::Write;

/// A point.
pub(super) type Point = (i32, i32);

/// A path along `points`, whose corners are rounded with `radius`; closed, it leads back to where
/// it began. Consecutive points differ in one coordinate only.
pub(super) fn rounded(points: &[Point], radius: i32, closed: bool) -> String {
    let mut path = String::new();
    let count = points.len();
    for (at, &point) in points.iter().enumerate() {
        let is_end = !closed && (at == 0 || at + 1 == count);
        if is_end {
            line_to(&mut path, point);
            continue;
        }
        let before = points[(at + count - 1) % count];
        let after = points[(at + 1) % count];
        let radius = radius
            .min(distance(before, point) / 2)
            .min(distance(point, after) / 2);
        line_to(&mut path, towards(point, before, radius));
        let end = towards(point, after, radius);
        // Writing to a string does not fail.
        let _ = write!(path, "Q{} {} {} {}", point.0, point.1, end.0, end.1);
    }
    if closed {
        path.push('Z');
    }
    path
}

fn line_to(path: &mut String, point: Point) {
    let verb = if path.is_empty() { 'M' } else { 'L' };
    let _ = write!(path, "{verb}{} {}", point.0, point.1);
}

fn distance(one: Point, other: Point) -> i32 {
    (one.0 - other.0).abs() + (one.1 - other.1).abs()
}

/// The point `by` away from `from` in the direction of `to`.
fn towards(from: Point, to: Point, by: i32) -> Point {
    (
        from.0 + (to.0 - from.0).signum() * by,
        from.1 + (to.1 - from.1).signum() * by,
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn corners_are_rounded_and_ends_are_not() {
        assert_eq!(
            rounded(&[(0, 0), (100, 0), (100, 50)], 10, false),
            "M0 0L90 0Q100 0 100 10L100 50"
        );
        assert_eq!(rounded(&[(0, 0), (40, 0)], 10, false), "M0 0L40 0");
        // A short side rounds less.
        assert_eq!(
            rounded(&[(0, 0), (8, 0), (8, 50)], 10, false),
            "M0 0L4 0Q8 0 8 4L8 50"
        );
        assert!(rounded(&[(0, 0), (40, 0), (40, 40), (0, 40)], 10, true).ends_with('Z'));
    }
}
