//! Parts that the addresses of all servers have.

use percent_encoding::percent_decode_str;

/// A part with its percent signs resolved.
///
/// # Errors
/// A reason.
pub fn decoded(text: &str) -> Result<String, &'static str> {
    percent_decode_str(text).decode_utf8().map(std::borrow::Cow::into_owned).map_err(|_| "a part of it is not UTF-8")
}

/// Host and port; an address of IPv6 stands in brackets.
///
/// # Errors
/// A reason, which never repeats what was typed: without a host, what stands there may be the
/// password.
pub fn host_and_port(place: &str, usual_port: u16) -> Result<(String, u16), &'static str> {
    let (host, port) = match place.strip_prefix('[') {
        Some(inside) => {
            let (host, port) = inside.split_once(']').ok_or("the IPv6 address has no closing bracket")?;
            (host, port.trim_start_matches(':'))
        }
        None => place.rsplit_once(':').unwrap_or((place, "")),
    };
    let number = if port.is_empty() { Ok(usual_port) } else { port.parse() };
    Ok((decoded(host)?, number.map_err(|_| "the port is not a number between 0 and 65535")?))
}
