//! The one definition that is not spelled alike for the second time: an array whose type is
//! changed as a whole.
//!
//! A check `status IN ('a', 'b')` on a `varchar` is kept as a comparison of texts, and the
//! server writes it down as `(ARRAY['a'::character varying, 'b'::character varying])::text[]`.
//! Reading that, it changes the type of each element, and from then on writes
//! `ARRAY[('a'::character varying)::text, ('b'::character varying)::text]`. Both mean the same.
//! Here the first is written as the second, by the server's own rule and nothing else; to have
//! the scratch server read definitions a second time would take a restored copy of the copy.

/// A definition in its second spelling.
pub fn settled(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while !rest.is_empty() {
        if let Some((array, tail)) = changed_as_a_whole(rest) {
            out.push_str(&array);
            rest = tail;
        } else {
            let (token, tail) = rest.split_at(token(rest));
            out.push_str(token);
            rest = tail;
        }
    }
    out
}

// `(ARRAY[...])::type[]` at the beginning of this text, in the other spelling, and what follows.
fn changed_as_a_whole(text: &str) -> Option<(String, &str)> {
    let (elements, rest) = elements(text.strip_prefix('(')?)?;
    let rest = rest.strip_prefix(")::")?;
    let end = rest.find("[]")?;
    let (element_type, rest) = (&rest[..end], &rest[end + 2..]);
    is_type(element_type).then(|| (each(&elements, element_type), rest))
}

// The elements of an `ARRAY[...]` at the beginning of this text, and what follows it.
fn elements(text: &str) -> Option<(Vec<&str>, &str)> {
    let inner = text.strip_prefix("ARRAY[")?;
    let (mut found, mut depth, mut start, mut at) = (Vec::new(), 0_usize, 0, 0);
    while at < inner.len() {
        let length = token(&inner[at..]);
        match &inner[at..at + length] {
            "]" if depth == 0 => {
                found.push(inner[start..at].trim());
                return Some((found, &inner[at + 1..]));
            }
            "," if depth == 0 => {
                found.push(inner[start..at].trim());
                start = at + 1;
            }
            "(" | "[" => depth += 1,
            ")" | "]" => depth = depth.checked_sub(1)?,
            _ => {}
        }
        at += length;
    }
    None
}

fn each(elements: &[&str], element_type: &str) -> String {
    let changed: Vec<String> = elements.iter().map(|element| one(element, element_type)).collect();
    format!("ARRAY[{}]", changed.join(", "))
}

// An element that is an array itself hands the type on to its own elements.
fn one(element: &str, element_type: &str) -> String {
    match elements(element) {
        Some((inner, "")) => each(&inner, element_type),
        Some(_) | None => format!("({})::{element_type}", settled(element)),
    }
}

fn is_type(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|letter| letter.is_alphanumeric() || " _.\"(),".contains(letter))
}

// The length of the first token: a text, a quoted name, a body between dollars, or one character.
fn token(text: &str) -> usize {
    let first = text.chars().next().map_or(0, char::len_utf8);
    match text.as_bytes().first() {
        Some(b'E') if text[1..].starts_with('\'') => quoted(text, 2, b'\'', true),
        Some(b'\'') => quoted(text, 1, b'\'', false),
        Some(b'"') => quoted(text, 1, b'"', false),
        Some(b'$') => dollars(text).unwrap_or(first),
        // A name may end in an E, or hold a dollar.
        Some(byte) if byte.is_ascii_alphanumeric() || *byte == b'_' => {
            let word = |letter: char| letter.is_alphanumeric() || letter == '_' || letter == '$';
            text.find(|letter| !word(letter)).unwrap_or(text.len())
        }
        Some(_) | None => first,
    }
}

// A doubled quote ends one text and begins the next, which comes to the same.
fn quoted(text: &str, from: usize, quote: u8, escapes: bool) -> usize {
    let bytes = text.as_bytes();
    let mut at = from;
    while at < bytes.len() {
        match bytes[at] {
            b'\\' if escapes => at += 2,
            byte if byte == quote => return at + 1,
            _ => at += 1,
        }
    }
    text.len()
}

fn dollars(text: &str) -> Option<usize> {
    let end = text[1..].find('$')? + 2;
    let tag = &text[..end];
    let fit = tag[1..end - 1].chars().all(|letter| letter.is_alphanumeric() || letter == '_');
    let body = fit.then(|| text[end..].find(tag))??;
    Some(end + body + tag.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_array_changed_as_a_whole_is_changed_element_by_element() {
        for (first, second) in [
            (
                "CHECK (((a)::text = ANY ((ARRAY['x'::character varying, 'it''s, ]'::character varying])::text[])))",
                "CHECK (((a)::text = ANY (ARRAY[('x'::character varying)::text, ('it''s, ]'::character varying)::text])))",
            ),
            ("(ARRAY[a, f(b, c)])::s.\"my type\"[] x", "ARRAY[(a)::s.\"my type\", (f(b, c))::s.\"my type\"] x"),
            (
                "(ARRAY[ARRAY['x'::bpchar], ARRAY['y'::bpchar]])::text[]",
                "ARRAY[ARRAY[('x'::bpchar)::text], ARRAY[('y'::bpchar)::text]]",
            ),
            ("(ARRAY[1, 2])::numeric(5,2)[]", "ARRAY[(1)::numeric(5,2), (2)::numeric(5,2)]"),
            ("(ARRAY[E'a\\'])::x[]'::varchar])::text[]", "ARRAY[(E'a\\'])::x[]'::varchar)::text]"),
            ("f((ARRAY[(ARRAY[1])::text[]])::jsonb[])", "f(ARRAY[(ARRAY[(1)::text])::jsonb])"),
        ] {
            assert_eq!(settled(first), second);
            assert_eq!(settled(second), second, "it must stay so");
        }
    }

    #[test]
    fn what_only_looks_like_one_stays() {
        for text in [
            "'(ARRAY[1])::text[]'::text",
            "E'\\'(ARRAY[1])::text[]'",
            "\"(ARRAY[1])::text[]\"",
            "$a$ (ARRAY[1])::text[] $a$",
            "(ARRAY[1])::text",
            "(ARRAY[1])",
            "(ARRAY[1, 'x",
            "ARRAY[1]::text[]",
            "(ARRAY[1] || b)::text[]",
            "a$b$(ARRAY[1",
            "é'",
            "\\",
        ] {
            assert_eq!(settled(text), text);
        }
    }

    proptest::proptest! {
        #[test]
        fn nothing_panics_and_twice_is_once(text in "[(ARRAY\\[\\])::text'\"$E\\\\é, a1]{0,60}") {
            let once = settled(&text);
            proptest::prop_assert_eq!(settled(&once), once);
        }
    }
}
