//! Takes passwords out of text that repeats what a user typed.

/// The text with the password of every URL in it replaced by three stars.
pub fn redact(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find("://") {
        let (before, after) = rest.split_at(start + 3);
        // A password may hold nearly anything; a quote, a blank or the line ends the URL.
        let end = after.find(|letter: char| letter.is_whitespace() || "'\"".contains(letter)).unwrap_or(after.len());
        safe.push_str(before);
        safe.push_str(&without_password(&after[..end]));
        rest = &after[end..];
    }
    safe.push_str(rest);
    safe
}

fn without_password(url: &str) -> String {
    match url.rsplit_once('@') {
        Some((login, place)) => match login.split_once(':') {
            Some((user, _)) => format!("{user}:***@{place}"),
            None => url.to_owned(),
        },
        // Without an @ what follows the colon is a port, or a password whose host is missing.
        None => match url.split_once(':') {
            Some((user, tail)) if !tail.starts_with(|digit: char| digit.is_ascii_digit()) => format!("{user}:***"),
            _ => url.to_owned(),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_password_is_left() {
        assert_eq!(
            redact("unexpected argument 'postgres://ann:s3:cr@et@db:5432/shop' found\nand postgres://bob:x@h/d too"),
            "unexpected argument 'postgres://ann:***@db:5432/shop' found\nand postgres://bob:***@h/d too"
        );
        assert_eq!(redact("postgres://ann@h:5432/d"), "postgres://ann@h:5432/d");
        assert_eq!(redact("postgres://h:5432/d"), "postgres://h:5432/d");
        assert_eq!(redact("postgres://ann:secret"), "postgres://ann:***");
        assert_eq!(redact("nothing here"), "nothing here");
    }
}
