//! The first bytes with a server: does it offer TLS?

use std::io::{Read, Write};

const NO_ANSWER: &str = "what listens there is no such server, or it hung up";

/// Asks a PostgreSQL server (the SSLRequest of its protocol, chapter "Message Formats").
pub fn postgres(stream: &mut (impl Read + Write)) -> Result<bool, String> {
    const REQUEST: [u8; 8] = [0, 0, 0, 8, 0x04, 0xd2, 0x16, 0x2f];
    let mut answer = [0_u8];
    stream.write_all(&REQUEST).and_then(|()| stream.read_exact(&mut answer)).map_err(told)?;
    match answer {
        [b'S'] => Ok(true),
        [b'N'] => Ok(false),
        _ => Err(NO_ANSWER.to_owned()),
    }
}

/// Listens to a MySQL or MariaDB server and asks it (handshake version 10 and SSLRequest of its
/// protocol).
pub fn mysql(stream: &mut (impl Read + Write)) -> Result<bool, String> {
    let greeting = packet(stream)?;
    match greeting.first() {
        Some(10) => {}
        // It refuses before anybody said who they are: too many connections, a blocked host.
        Some(0xff) => return Err(String::from_utf8_lossy(greeting.get(3..).unwrap_or_default()).into_owned()),
        _ => return Err(NO_ANSWER.to_owned()),
    }
    let version = greeting.iter().skip(1).position(|byte| *byte == 0).ok_or(NO_ANSWER)?;
    // Behind the version: four bytes of the session's number, eight of salt, one of nothing.
    let flags = greeting.get(version + 2 + 13..version + 2 + 15).ok_or(NO_ANSWER)?;
    const SSL: u16 = 0x0800;
    if flags.iter().rev().fold(0_u16, |flags, byte| flags << 8 | u16::from(*byte)) & SSL == 0 {
        return Ok(false);
    }
    stream.write_all(&ssl_request()).map_err(told)?;
    Ok(true)
}

fn ssl_request() -> Vec<u8> {
    // Protocol 4.1, TLS, secure connection, plugins for logging in.
    const ABILITIES: u32 = 0x0200 | 0x0800 | 0x8000 | 0x0008_0000;
    const LARGEST_PACKET: u32 = 1 << 24;
    const UTF8MB4: u8 = 45;
    let mut request = vec![32, 0, 0, 1];
    request.extend(ABILITIES.to_le_bytes());
    request.extend(LARGEST_PACKET.to_le_bytes());
    request.push(UTF8MB4);
    request.extend([0; 23]);
    request
}

fn packet(stream: &mut impl Read) -> Result<Vec<u8>, String> {
    let mut head = [0_u8; 4];
    stream.read_exact(&mut head).map_err(told)?;
    let length = usize::from(head[0]) | usize::from(head[1]) << 8;
    // A greeting has some hundred bytes.
    if head[2] != 0 || length == 0 {
        return Err(NO_ANSWER.to_owned());
    }
    let mut body = vec![0; length];
    stream.read_exact(&mut body).map_err(told)?;
    Ok(body)
}

fn told(error: std::io::Error) -> String {
    format!("{NO_ANSWER}: {error}")
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Fixed(std::io::Cursor<Vec<u8>>, Vec<u8>);

    impl Read for Fixed {
        fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
            self.0.read(into)
        }
    }

    impl Write for Fixed {
        fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
            self.1.extend(bytes);
            Ok(bytes.len())
        }

        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }

    fn answering(bytes: &[u8]) -> Fixed {
        Fixed(std::io::Cursor::new(bytes.to_vec()), Vec::new())
    }

    fn greeting(flags: [u8; 2]) -> Vec<u8> {
        let mut body = b"\x0a8.0.1\0".to_vec();
        body.extend([0; 13]);
        body.extend(flags);
        let mut packet = vec![u8::try_from(body.len()).unwrap(), 0, 0, 0];
        packet.extend(body);
        packet
    }

    #[test]
    fn servers_say_whether_they_offer_it() {
        assert_eq!(postgres(&mut answering(b"S")), Ok(true));
        assert_eq!(postgres(&mut answering(b"N")), Ok(false));
        assert!(postgres(&mut answering(b"HTTP/1.1 400")).is_err());
        assert_eq!(mysql(&mut answering(&greeting([0, 0x08]))), Ok(true));
        assert_eq!(mysql(&mut answering(&greeting([0xff, 0xf7]))), Ok(false));
        let mut blocked = vec![20, 0, 0, 0, 0xff, 0x10, 0x04];
        blocked.extend(b"Too many sessions");
        assert_eq!(mysql(&mut answering(&blocked)), Err("Too many sessions".to_owned()));
    }

    proptest::proptest! {
        #[test]
        fn no_answer_stops_it(bytes in proptest::collection::vec(proptest::num::u8::ANY, 0..200)) {
            let _ = postgres(&mut answering(&bytes));
            let _ = mysql(&mut answering(&bytes));
        }
    }
}
