//! Docker: what a pipeline does with images. Its daemon only runs in a privileged build.

mod build;
mod dockerfile;
mod ignore;
mod login;
mod names;
mod push;

use crate::release::shell::execute::{Ran, Shell};
use names::Name;

pub(super) fn docker(shell: &mut Shell, arguments: &[String], input: &str) -> Ran {
    let Some((command, arguments)) = arguments.split_first() else {
        return Ran::out("Usage:  docker [OPTIONS] COMMAND\n");
    };
    match command.as_str() {
        "--version" => return Ran::out("Docker version 28.3.3, build 980b856\n"),
        "login" => return login::login(shell, arguments, input),
        "logout" => return Ran::status(0),
        _ => {}
    }
    let needs_the_daemon: fn(&mut Shell, &[String]) -> Ran = match command.as_str() {
        "build" => build::build,
        "tag" => tag,
        "push" => push::push,
        "pull" => push::pull,
        "images" => images,
        "info" | "version" => |_, _| Ran::out("Server: Docker Engine 28.3.3\n"),
        "buildx" | "image" | "compose" | "run" | "save" | "load" | "inspect" | "manifest"
        | "exec" => {
            return Ran::failed(1, format!("docker: {command} is not simulated"));
        }
        other => {
            let words = format!(
                "docker: unknown command: docker {other}\n\nRun 'docker --help' for more information"
            );
            return Ran::failed(1, words);
        }
    };
    if !shell.surroundings.privileged {
        let words = "ERROR: Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the docker daemon \
             running?";
        return Ran::failed(1, words);
    }
    needs_the_daemon(shell, arguments)
}

fn tag(shell: &mut Shell, arguments: &[String]) -> Ran {
    let [from, to] = arguments else {
        return Ran::failed(1, "docker: 'docker tag' requires 2 arguments");
    };
    let (from, to) = match (Name::read(from), Name::read(to)) {
        (Ok(from), Ok(to)) => (from, to),
        (Err(problem), _) | (_, Err(problem)) => return Ran::failed(1, problem),
    };
    let Some(image) = shell.machine.images.get(&from.whole).cloned() else {
        let words = format!("Error response from daemon: No such image: {}", from.whole);
        return Ran::failed(1, words);
    };
    shell.machine.images.insert(to.whole, image);
    Ran::status(0)
}

fn images(shell: &mut Shell, _: &[String]) -> Ran {
    let images = shell.machine.images.iter();
    let lines = images.map(|(name, image)| format!("{name}   {}\n", &image.content[..12]));
    Ran::out(lines.collect::<String>())
}
