//! Text: written, read, cut.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::{lines, misused};
use crate::release::shell::execute::{Ran, Shell};

pub(super) fn echo(_: &mut Shell, arguments: &[String], _: &str) -> Ran {
    let (mut rest, mut ends, mut escapes) = (arguments, true, false);
    while let Some(flag @ ("-n" | "-e" | "-ne" | "-en" | "-E")) = rest.first().map(String::as_str) {
        ends &= !flag.contains('n');
        escapes |= flag.contains('e');
        rest = &rest[1..];
    }
    let mut text = rest.join(" ");
    if escapes {
        text = unescaped(&text);
    }
    if ends {
        text.push('\n');
    }
    Ran::out(text)
}

/// `printf FORMAT [ARGUMENT…]`: `%s`, `%d`, `%b` and `%%`; the format again while there are arguments.
pub(super) fn printf(_: &mut Shell, arguments: &[String], _: &str) -> Ran {
    let Some((format, rest)) = arguments.split_first() else {
        return misused("printf", "usage: printf format [arguments]");
    };
    let format = unescaped(format);
    let mut arguments = rest.iter();
    let mut text = String::new();
    loop {
        let left = arguments.len();
        let mut letters = format.chars();
        while let Some(letter) = letters.next() {
            if letter != '%' {
                text.push(letter);
                continue;
            }
            match letters.next() {
                Some('%') => text.push('%'),
                Some('s') => text.push_str(arguments.next().map_or("", String::as_str)),
                Some('b') => text.push_str(&unescaped(arguments.next().map_or("", String::as_str))),
                Some('d') => text.push_str(arguments.next().map_or("0", String::as_str)),
                other => {
                    let other = other.map(String::from).unwrap_or_default();
                    return misused("printf", format!("%{other} is not simulated"));
                }
            }
        }
        if arguments.len() == 0 || arguments.len() == left {
            return Ran::out(text);
        }
    }
}

/// Backslashes with what they stand for.
fn unescaped(text: &str) -> String {
    let mut out = String::new();
    let mut letters = text.chars();
    while let Some(letter) = letters.next() {
        if letter != '\\' {
            out.push(letter);
            continue;
        }
        match letters.next() {
            Some('n') => out.push('\n'),
            Some('t') => out.push('\t'),
            Some('r') => out.push('\r'),
            Some(other @ ('\\' | '"' | '\'')) => out.push(other),
            Some(other) => out.extend(['\\', other]),
            None => out.push('\\'),
        }
    }
    out
}

/// The texts of the named files one after another, or the input where none is named.
pub(super) fn texts<'a>(
    shell: &Shell,
    name: &str,
    paths: impl Iterator<Item = &'a str>,
    input: &str,
) -> Result<String, Ran> {
    let (mut text, mut named) = (String::new(), false);
    for path in paths {
        named = true;
        match shell.machine.read(path) {
            _ if path == "-" => text.push_str(input),
            Some(content) => text.push_str(&content),
            None if shell.machine.is_folder(path) => {
                return Err(Ran::failed(1, format!("{name}: {path}: Is a directory")));
            }
            None => {
                let words = format!("{name}: {path}: No such file or directory");
                return Err(Ran::failed(1, words));
            }
        }
    }
    Ok(if named { text } else { input.to_owned() })
}

pub(super) fn cat(shell: &mut Shell, arguments: &[String], input: &str) -> Ran {
    let paths = arguments
        .iter()
        .map(String::as_str)
        .filter(|it| !is_flag(it));
    texts(shell, "cat", paths, input).map_or_else(|ran| ran, Ran::out)
}

pub(super) fn tee(shell: &mut Shell, arguments: &[String], input: &str) -> Ran {
    let append = arguments.iter().any(|flag| flag == "-a");
    for path in arguments.iter().filter(|it| !is_flag(it)) {
        if let Err(problem) = shell.machine.write(path, input.to_owned(), append) {
            return Ran::failed(1, format!("tee: {problem}"));
        }
    }
    Ran::out(input)
}

/// `cut -c 1-8`, `cut -d . -f 2`
pub(super) fn cut(shell: &mut Shell, arguments: &[String], input: &str) -> Ran {
    let (mut letters, mut fields, mut by, mut paths) = (None, None, "\t", Vec::new());
    let mut rest = arguments.iter();
    while let Some(argument) = rest.next() {
        let mut value = |flag: &str| match &argument[flag.len()..] {
            "" => rest.next().map_or("", String::as_str),
            value => value,
        };
        match argument {
            it if it.starts_with("-c") => letters = Some(value("-c")),
            it if it.starts_with("-f") => fields = Some(value("-f")),
            it if it.starts_with("-d") => by = value("-d"),
            it if is_flag(it) => return misused("cut", format!("invalid option '{it}'")),
            path => paths.push(path.as_str()),
        }
    }
    let Some(ranges) = letters.or(fields).and_then(ranges) else {
        return misused("cut", "you must specify a list of characters or fields");
    };
    let chosen = |at: usize| {
        ranges
            .iter()
            .any(|(from, to)| (*from..=*to).contains(&(at + 1)))
    };
    let text = match texts(shell, "cut", paths.into_iter(), input) {
        Ok(text) => text,
        Err(ran) => return ran,
    };
    let lines = text.lines().map(|line| match letters {
        Some(_) => {
            let letters = line.chars().enumerate().filter(|(at, _)| chosen(*at));
            letters.map(|(_, letter)| letter).collect()
        }
        // A line without the separator stays whole.
        None if !line.contains(by) => line.to_owned(),
        None => {
            let fields = line.split(by).enumerate().filter(|(at, _)| chosen(*at));
            fields.map(|(_, field)| field).collect::<Vec<_>>().join(by)
        }
    });
    Ran::out(lines.map(|line| line + "\n").collect::<String>())
}

/// `1`, `1-8`, `-7`, `2-`, several with commas.
fn ranges(text: &str) -> Option<Vec<(usize, usize)>> {
    let one = |text: &str| match text.split_once('-') {
        None => text.parse().ok().map(|at| (at, at)),
        Some(("", "")) => None,
        Some(("", to)) => Some((1, to.parse().ok()?)),
        Some((from, "")) => Some((from.parse().ok()?, usize::MAX)),
        Some((from, to)) => Some((from.parse().ok()?, to.parse().ok()?)),
    };
    text.split(',').map(one).collect()
}

pub(super) fn head(shell: &mut Shell, arguments: &[String], input: &str) -> Ran {
    ends(shell, "head", arguments, input, |lines, count| {
        lines.into_iter().take(count).collect()
    })
}

pub(super) fn tail(shell: &mut Shell, arguments: &[String], input: &str) -> Ran {
    ends(shell, "tail", arguments, input, |lines, count| {
        let skip = lines.len().saturating_sub(count);
        lines.into_iter().skip(skip).collect()
    })
}

/// `-n 5`, `-5`, `-c 8`; ten lines where nothing is said.
fn ends(
    shell: &Shell,
    name: &str,
    arguments: &[String],
    input: &str,
    take: fn(Vec<String>, usize) -> Vec<String>,
) -> Ran {
    let (mut count, mut letters, mut paths) = (Some(10), false, Vec::new());
    let mut rest = arguments.iter();
    while let Some(argument) = rest.next() {
        match argument.strip_prefix('-') {
            Some(flag @ ("n" | "c")) => {
                letters = flag == "c";
                count = rest.next().and_then(|count| count.parse().ok());
            }
            Some(flag) if flag.starts_with(['n', 'c']) => {
                letters = flag.starts_with('c');
                count = flag[1..].parse().ok();
            }
            Some(flag) => count = flag.parse().ok(),
            None => paths.push(argument.as_str()),
        }
    }
    let Some(count) = count else {
        return misused(name, "invalid number of lines");
    };
    let text = match texts(shell, name, paths.into_iter(), input) {
        Ok(text) => text,
        Err(ran) => return ran,
    };
    let parts = if letters {
        text.chars().map(String::from).collect()
    } else {
        text.lines().map(|line| format!("{line}\n")).collect()
    };
    Ran::out(take(parts, count).concat())
}

/// `tr a b`, `tr -d '\n'`: sets of single characters and of ranges.
pub(super) fn tr(_: &mut Shell, arguments: &[String], input: &str) -> Ran {
    match arguments {
        [flag, set] if flag == "-d" => {
            let set = letters_of(set);
            Ran::out(
                input
                    .chars()
                    .filter(|letter| !set.contains(letter))
                    .collect::<String>(),
            )
        }
        [from, to] if !is_flag(from) => {
            let (from, to) = (letters_of(from), letters_of(to));
            let Some(last) = to.last() else {
                return misused("tr", "when not truncating set1, string2 must be non-empty");
            };
            let turned =
                input
                    .chars()
                    .map(|letter| match from.iter().position(|it| *it == letter) {
                        Some(at) => *to.get(at).unwrap_or(last),
                        None => letter,
                    });
            Ran::out(turned.collect::<String>())
        }
        _ => misused("tr", "only `tr SET1 SET2` and `tr -d SET` are simulated"),
    }
}

fn letters_of(set: &str) -> Vec<char> {
    let set = match set {
        "[:upper:]" => "A-Z".to_owned(),
        "[:lower:]" => "a-z".to_owned(),
        set => unescaped(set),
    };
    let letters = set.chars().collect::<Vec<_>>();
    let mut all = Vec::new();
    let mut at = 0;
    while let Some(letter) = letters.get(at) {
        match letters.get(at + 1..at + 3) {
            Some(['-', end]) if letter <= end => {
                all.extend((*letter..=*end).take(256));
                at += 3;
            }
            _ => {
                all.push(*letter);
                at += 1;
            }
        }
    }
    all
}

/// `grep [-q] [-v] [-i] [-F] TEXT [FILE…]`: texts, not patterns.
pub(super) fn grep(shell: &mut Shell, arguments: &[String], input: &str) -> Ran {
    let flag = |letter| {
        arguments
            .iter()
            .any(|it| is_flag(it) && it.contains(letter))
    };
    let (quiet, inverted, anyhow) = (flag('q'), flag('v'), flag('i'));
    let mut rest = arguments
        .iter()
        .map(String::as_str)
        .filter(|it| !is_flag(it));
    let Some(wanted) = rest.next() else {
        return misused("grep", "usage: grep [-qviF] TEXT [FILE...]");
    };
    if !flag('F') && wanted.contains(['*', '[', '\\', '(', '|', '+', '^', '$']) {
        return misused(
            "grep",
            format!("{wanted}: patterns are not simulated, only texts are"),
        );
    }
    let folded = |text: &str| {
        if anyhow {
            text.to_lowercase()
        } else {
            text.to_owned()
        }
    };
    let wanted = folded(wanted);
    let text = match texts(shell, "grep", rest, input) {
        Ok(text) => text,
        Err(ran) => return ran,
    };
    let matches = |line: &&str| folded(line).contains(&wanted) != inverted;
    let found = lines(text.lines().filter(matches));
    match found.is_empty() {
        true => Ran::status(1),
        false if quiet => Ran::status(0),
        false => Ran::out(found),
    }
}

/// `wc -l`, `-w` or `-c`
pub(super) fn wc(shell: &mut Shell, arguments: &[String], input: &str) -> Ran {
    let paths = arguments
        .iter()
        .map(String::as_str)
        .filter(|it| !is_flag(it));
    let text = match texts(shell, "wc", paths, input) {
        Ok(text) => text,
        Err(ran) => return ran,
    };
    let count = match arguments.iter().find(|it| is_flag(it)).map(String::as_str) {
        Some("-l") => text.matches('\n').count(),
        Some("-w") => text.split_whitespace().count(),
        Some("-c") => text.len(),
        _ => return misused("wc", "only -l, -w and -c are simulated"),
    };
    Ran::out(format!("{count}\n"))
}

/// `base64`, `base64 -d`
pub(super) fn base64(shell: &mut Shell, arguments: &[String], input: &str) -> Ran {
    let decodes = arguments.iter().any(|it| it == "-d" || it == "--decode");
    let mut rest = arguments.iter().map(String::as_str);
    let paths = rest.by_ref().filter(|it| !is_flag(it) && *it != "0");
    let text = match texts(shell, "base64", paths, input) {
        Ok(text) => text,
        Err(ran) => return ran,
    };
    if !decodes {
        return Ran::out(STANDARD.encode(text) + "\n");
    }
    match STANDARD.decode(text.trim()) {
        Ok(bytes) => Ran::out(String::from_utf8_lossy(&bytes).into_owned()),
        Err(_) => Ran::failed(1, "base64: invalid input"),
    }
}

fn is_flag(argument: &str) -> bool {
    argument.starts_with('-') && argument.len() > 1
}
