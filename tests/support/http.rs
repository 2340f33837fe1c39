//! A small web server of the test's own, which answers as it is told and notes what it is asked.

use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};

/// A request as it came in: the first line, then the headers.
pub type Asked = Vec<String>;

/// What is sent back, byte by byte; an empty answer is never sent and the connection kept open.
type Reply = dyn Fn(&Asked, usize) -> Vec<u8> + Send + Sync;

/// A server on a free port, stopped when it goes out of scope.
pub struct Site {
    port: u16,
    asked: Arc<Mutex<Vec<Asked>>>,
    over: Arc<AtomicBool>,
}

impl Site {
    /// Starts one. `reply` is told the request and how many came before it.
    pub fn start(reply: impl Fn(&Asked, usize) -> Vec<u8> + Send + Sync + 'static) -> Site {
        let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
        let port = listener.local_addr().unwrap().port();
        let (asked, over) = (Arc::new(Mutex::new(Vec::new())), Arc::new(AtomicBool::new(false)));
        let site = Site { port, asked: Arc::clone(&asked), over: Arc::clone(&over) };
        let reply: Arc<Reply> = Arc::new(reply);
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                if over.load(Ordering::SeqCst) {
                    return;
                }
                let (asked, over, reply) = (Arc::clone(&asked), Arc::clone(&over), Arc::clone(&reply));
                std::thread::spawn(move || serve(stream, &asked, &over, reply.as_ref()));
            }
        });
        site
    }

    /// The address of a path.
    pub fn url(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}{path}", self.port)
    }

    /// All requests so far.
    pub fn asked(&self) -> Vec<Asked> {
        self.asked.lock().unwrap().clone()
    }
}

impl Drop for Site {
    fn drop(&mut self) {
        self.over.store(true, Ordering::SeqCst);
        let _ = TcpStream::connect(("127.0.0.1", self.port));
    }
}

fn serve(mut stream: TcpStream, asked: &Mutex<Vec<Asked>>, over: &AtomicBool, reply: &Reply) {
    let mut lines = BufReader::new(stream.try_clone().unwrap()).lines();
    let head: Asked = lines.by_ref().map_while(Result::ok).take_while(|line| !line.is_empty()).collect();
    let before = {
        let mut asked = asked.lock().unwrap();
        asked.push(head.clone());
        asked.len() - 1
    };
    let bytes = reply(&head, before);
    if bytes == ENDLESS.as_bytes() {
        let _ = stream.write_all(b"HTTP/1.1 200 OK\r\n\r\n");
        // Until nobody wants more of it.
        while !over.load(Ordering::SeqCst) && stream.write_all(&[b'['; 65536]).is_ok() {}
        return;
    }
    if bytes.is_empty() {
        // The other side gives up, which ends the reading.
        let _ = lines.next();
        return;
    }
    let _ = stream.write_all(&bytes);
}

/// Stands for an answer whose body has no end.
pub const ENDLESS: &str = "endless";

/// An answer with a status, more headers (each with its line end) and a body.
pub fn answer(status: &str, headers: &str, body: &str) -> Vec<u8> {
    format!(
        "HTTP/1.1 {status}\r\nContent-Type: application/json\r\nContent-Length: {}\r\n{headers}Connection: close\r\n\r\n{body}",
        body.len()
    )
    .into_bytes()
}
