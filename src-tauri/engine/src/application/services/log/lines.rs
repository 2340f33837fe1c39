//! The lines at the end of a file, with their numbers from its beginning.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read, Seek, SeekFrom};
use std::path::Path;

use crate::execute::Cancel;

/// What of a line is looked at.
const LONGEST: usize = 16 << 10;
/// How much is read at a time.
const PIECE: usize = 256 << 10;

/// Lines one after the other.
pub struct Lines {
    file: BufReader<File>,
    number: u64,
    passed_over: u64,
}

impl Lines {
    /// The lines of the last bytes of a file; one that begins before them is left out.
    ///
    /// # Errors
    /// Where the file cannot be read, or is none: a pipe or a device may never end.
    pub fn open(path: &Path, last_bytes: u64, cancel: &Cancel) -> io::Result<Lines> {
        let found = std::fs::metadata(path)?;
        if !found.is_file() {
            return Err(io::Error::other("it is not a file"));
        }
        let mut file = BufReader::with_capacity(PIECE, File::open(path)?);
        let passed_over = found.len().saturating_sub(last_bytes);
        let mut lines = 0;
        if passed_over > 0 {
            // The byte before tells whether a line begins there.
            lines = count(&mut file, passed_over - 1, cancel)?;
            file.seek(SeekFrom::Start(passed_over - 1))?;
        }
        let mut read = Lines { file, number: lines, passed_over };
        if passed_over > 0 {
            read.line(&mut Vec::new())?;
            read.number += 1;
        }
        Ok(read)
    }

    /// How many bytes at the beginning are not looked at.
    pub fn passed_over(&self) -> u64 {
        self.passed_over
    }

    /// The next line and its number.
    ///
    /// # Errors
    /// Where the file cannot be read any more.
    pub fn next(&mut self) -> io::Result<Option<(u64, String)>> {
        let mut bytes = Vec::new();
        if !self.line(&mut bytes)? {
            return Ok(None);
        }
        self.number += 1;
        Ok(Some((self.number, String::from_utf8_lossy(&bytes).trim_end().to_owned())))
    }

    // Reads to the end of a line and keeps its beginning; false at the end of the file.
    fn line(&mut self, kept: &mut Vec<u8>) -> io::Result<bool> {
        let mut any = false;
        loop {
            let piece = self.file.fill_buf()?;
            if piece.is_empty() {
                return Ok(any);
            }
            any = true;
            let end = piece.iter().position(|&byte| byte == b'\n');
            let part = &piece[..end.unwrap_or(piece.len())];
            kept.extend_from_slice(&part[..part.len().min(LONGEST - kept.len())]);
            let used = end.map_or(piece.len(), |end| end + 1);
            self.file.consume(used);
            if end.is_some() {
                return Ok(true);
            }
        }
    }
}

fn count(file: &mut BufReader<File>, bytes: u64, cancel: &Cancel) -> io::Result<u64> {
    let mut start = file.take(bytes);
    let mut lines = 0;
    loop {
        let piece = start.fill_buf()?;
        if piece.is_empty() || cancel.is_cancelled() {
            return Ok(lines);
        }
        lines += piece.iter().map(|&byte| u64::from(byte == b'\n')).sum::<u64>();
        let used = piece.len();
        start.consume(used);
    }
}
