//! The outline around the boxes that stand in the account.

use super::path::{Point, rounded};

const MARGIN: i32 = 28;
const RADIUS: i32 = 18;

/// The rectangle of a row: left, top, right, bottom.
pub(super) type Rect = (i32, i32, i32, i32);

/// An outline around `rows`, which are given from the top; halfway between two rows it steps in
/// or out to the next one's width.
pub(super) fn outline(rows: &[Rect]) -> Option<String> {
    let (first, last) = (rows.first()?, rows.last()?);
    let seam = |row: usize| i32::midpoint(rows[row - 1].3, rows[row].1);
    let mut right: Vec<Point> = Vec::new();
    let mut left: Vec<Point> = Vec::new();
    for (at, row) in rows.iter().enumerate() {
        let top = if at == 0 { first.1 - MARGIN } else { seam(at) };
        let bottom = if at + 1 == rows.len() {
            last.3 + MARGIN
        } else {
            seam(at + 1)
        };
        right.extend([(row.2 + MARGIN, top), (row.2 + MARGIN, bottom)]);
        left.extend([(row.0 - MARGIN, top), (row.0 - MARGIN, bottom)]);
    }
    let points: Vec<Point> = right.into_iter().chain(left.into_iter().rev()).collect();
    Some(rounded(&corners(&points), RADIUS, true))
}

/// Only the points where the direction changes.
fn corners(points: &[Point]) -> Vec<Point> {
    let count = points.len();
    (0..count)
        .filter(|&at| {
            let (before, point, after) = (
                points[(at + count - 1) % count],
                points[at],
                points[(at + 1) % count],
            );
            let straight = (before.0 == point.0 && point.0 == after.0)
                || (before.1 == point.1 && point.1 == after.1);
            !straight
        })
        .map(|at| points[at])
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_of_one_width_make_a_rectangle() {
        let rows = [(100, 100, 200, 150), (100, 200, 200, 250)];
        let path = outline(&rows).expect("there are rows");
        assert_eq!(path.matches('Q').count(), 4, "{path}");
    }

    #[test]
    fn a_wider_row_makes_a_step() {
        let rows = [(100, 100, 200, 150), (0, 200, 200, 250)];
        let path = outline(&rows).expect("there are rows");
        assert_eq!(path.matches('Q').count(), 6, "{path}");
        assert_eq!(outline(&[]), None);
    }
}
