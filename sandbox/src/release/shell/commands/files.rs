//! Files and folders.

use super::lines;
use crate::release::shell::execute::{Ran, Shell};

pub(super) fn pwd(shell: &mut Shell, _: &[String], _: &str) -> Ran {
    Ran::out(format!("{}\n", shell.machine.folder))
}

pub(super) fn cd(shell: &mut Shell, arguments: &[String], _: &str) -> Ran {
    let to = match arguments {
        [] => "/root",
        [to, ..] if to == "-" => return super::misused("cd", "- is not simulated"),
        [to, ..] => to,
    };
    if !shell.machine.is_folder(to) {
        return Ran::failed(1, format!("sh: cd: {to}: No such file or directory"));
    }
    shell.machine.folder = shell.machine.absolute(to);
    let folder = shell.machine.folder.clone();
    shell.machine.set("PWD", folder);
    Ran::status(0)
}

pub(super) fn ls(shell: &mut Shell, arguments: &[String], _: &str) -> Ran {
    let (flags, mut paths): (Vec<_>, Vec<_>) = arguments
        .iter()
        .map(String::as_str)
        .partition(|it| it.starts_with('-'));
    let all = flags.iter().any(|flag| flag.contains(['a', 'A']));
    if paths.is_empty() {
        paths.push(".");
    }
    let mut out = Vec::new();
    for path in paths {
        if shell.machine.is_file(path) {
            out.push(path.to_owned());
            continue;
        }
        if !shell.machine.is_folder(path) {
            let words = format!("ls: cannot access '{path}': No such file or directory");
            return Ran::failed(2, words);
        }
        let key = shell.machine.key(path);
        let skip = if key.is_empty() { 0 } else { key.len() + 1 };
        let below = shell.machine.files.below(&key);
        let mut names = below
            .filter(|(path, _)| !key.is_empty() || !path.starts_with('/'))
            .filter_map(|(path, _)| path.get(skip..)?.split('/').next())
            .filter(|name| all || !name.starts_with('.'))
            .collect::<Vec<_>>();
        names.dedup();
        out.extend(names.into_iter().map(str::to_owned));
    }
    Ran::out(lines(out))
}

pub(super) fn mkdir(shell: &mut Shell, arguments: &[String], _: &str) -> Ran {
    let parents = arguments.iter().any(|flag| flag == "-p");
    for path in arguments.iter().filter(|path| !path.starts_with('-')) {
        if shell.machine.is_file(path) || (shell.machine.is_folder(path) && !parents) {
            return Ran::failed(
                1,
                format!("mkdir: cannot create directory '{path}': File exists"),
            );
        }
        let mut folder = shell.machine.absolute(path);
        if !parents && !shell.machine.is_folder(parent(&folder)) {
            let words =
                format!("mkdir: cannot create directory '{path}': No such file or directory");
            return Ran::failed(1, words);
        }
        while !shell.machine.is_folder(&folder) {
            let above = parent(&folder).to_owned();
            shell.machine.folders.insert(folder);
            folder = above;
        }
    }
    Ran::status(0)
}

fn parent(path: &str) -> &str {
    match path.rsplit_once('/') {
        None | Some(("", _)) => "/",
        Some((folder, _)) => folder,
    }
}

pub(super) fn touch(shell: &mut Shell, arguments: &[String], _: &str) -> Ran {
    for path in arguments.iter().filter(|path| !path.starts_with('-')) {
        if let Err(problem) = shell.machine.write(path, String::new(), true) {
            return Ran::failed(1, format!("touch: cannot touch '{problem}'"));
        }
    }
    Ran::status(0)
}

pub(super) fn rm(shell: &mut Shell, arguments: &[String], _: &str) -> Ran {
    let flag = |letter| {
        arguments
            .iter()
            .any(|it| it.starts_with('-') && it.contains(letter))
    };
    let (force, recursive) = (flag('f'), flag('r') || flag('R'));
    for path in arguments.iter().filter(|path| !path.starts_with('-')) {
        let key = shell.machine.key(path);
        if shell.machine.files.remove(&key).is_some() {
            continue;
        }
        if !shell.machine.is_folder(path) {
            if force {
                continue;
            }
            let words = format!("rm: cannot remove '{path}': No such file or directory");
            return Ran::failed(1, words);
        }
        if !recursive {
            return Ran::failed(1, format!("rm: cannot remove '{path}': Is a directory"));
        }
        let below = shell.machine.files.below(&key);
        let gone = below.map(|(path, _)| path.to_owned()).collect::<Vec<_>>();
        for path in gone {
            shell.machine.files.remove(&path);
        }
        let absolute = shell.machine.absolute(path);
        shell.machine.folders.remove(&absolute);
    }
    Ran::status(0)
}

pub(super) fn cp(shell: &mut Shell, arguments: &[String], _: &str) -> Ran {
    transfer(shell, "cp", arguments, false)
}

pub(super) fn mv(shell: &mut Shell, arguments: &[String], _: &str) -> Ran {
    transfer(shell, "mv", arguments, true)
}

/// Copies or moves files, and folders with all that is in them.
fn transfer(shell: &mut Shell, name: &str, arguments: &[String], moves: bool) -> Ran {
    let paths = arguments
        .iter()
        .filter(|path| !path.starts_with('-'))
        .collect::<Vec<_>>();
    let whole = moves
        || arguments
            .iter()
            .any(|it| it.starts_with('-') && it.contains(['r', 'R', 'a']));
    let Some((to, from)) = paths.split_last().filter(|(_, from)| !from.is_empty()) else {
        return Ran::failed(1, format!("{name}: missing file operand"));
    };
    let into = shell.machine.is_folder(to);
    if from.len() > 1 && !into {
        return Ran::failed(1, format!("{name}: target '{to}' is not a directory"));
    }
    for path in from {
        let is_folder = shell.machine.is_folder(path);
        if is_folder && !whole {
            return Ran::failed(
                1,
                format!("cp: -r not specified; omitting directory '{path}'"),
            );
        }
        let last = path
            .trim_end_matches('/')
            .rsplit('/')
            .next()
            .unwrap_or(path);
        let target = if into {
            format!("{to}/{last}")
        } else {
            (*to).clone()
        };
        let (source, target) = (shell.machine.key(path), shell.machine.key(&target));
        let files = match shell.machine.files.get(&source) {
            Some(content) => vec![(source.clone(), content.clone())],
            None if is_folder => {
                let below = shell.machine.files.below(&source);
                below
                    .map(|(path, content)| (path.to_owned(), content.clone()))
                    .collect()
            }
            None => {
                let words = format!("{name}: cannot stat '{path}': No such file or directory");
                return Ran::failed(1, words);
            }
        };
        for (path, content) in files {
            let rest = path.strip_prefix(&source).unwrap_or_default();
            if moves {
                shell.machine.files.remove(&path);
            }
            shell
                .machine
                .files
                .insert(format!("{target}{rest}"), content);
        }
    }
    Ran::status(0)
}
