//! Names that were probably meant.

/// The name among `names` that is a slip away from `wanted`: another case, or at most two letters
/// off. `wanted` itself does not count.
pub fn nearest_name<'a>(wanted: &str, names: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    names
        .into_iter()
        .filter(|name| *name != wanted)
        .map(|name| (slips_between(wanted, name), name))
        .filter(|(distance, _)| *distance <= 2)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, name)| name)
}

/// How many letters two names are apart, whatever their case.
pub fn slips_between(a: &str, b: &str) -> usize {
    distance(&a.to_lowercase(), &b.to_lowercase())
}

/// The Levenshtein distance.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, left) in a.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, right) in b.iter().enumerate() {
            let substituted = diagonal + usize::from(left != *right);
            diagonal = row[j + 1];
            row[j + 1] = substituted.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_is_found_and_a_stranger_is_not() {
        let names = [
            "ecsTaskExecutionRol",
            "somethingElse",
            "EcsTaskExecutionRole",
        ];
        assert_eq!(
            nearest_name("ecsTaskExecutionRole", names),
            Some("EcsTaskExecutionRole")
        );
        assert_eq!(nearest_name("ecsTaskExecutionRole", ["ecsTaskRole"]), None);
        assert_eq!(
            nearest_name("tripmgmt-demo", ["tripmgmt-dmeo"]),
            Some("tripmgmt-dmeo")
        );
        assert_eq!(nearest_name("a", ["a"]), None);
    }
}
