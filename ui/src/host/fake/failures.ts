import type { Failure } from "../../generated/Failure";

function failure(parts: Partial<Failure> & Pick<Failure, "code" | "what" | "why" | "remedy">): Failure {
  return { state: { state: "untouched" }, state_sentence: "Nothing was changed.", details: null, exit: 1, ...parts };
}

const TAKEN_BACK = {
  state: { state: "rolled_back" },
  state_sentence: "The change was taken back whole: the database is as it was before.",
} as const;

export const failures = {
  address: failure({
    code: "RK-E01",
    what: "The address cannot be understood: 'oracle' is not a database that Rekey knows.",
    why: "A part of the address is missing or misspelt.",
    remedy: ["Write it as postgres://user@host:5432/database, or as the path of a SQLite file."],
    exit: 2,
  }),
  login: failure({
    code: "RK-E03",
    what: "The server refused the login of 'ann'.",
    why: "The password is wrong or has changed, the user does not exist, or the server does not accept this user from this machine.",
    remedy: ["Check user and password. Rekey tried once only, so that no account is locked.", "If they are right, ask for a line in pg_hba.conf for this machine."],
    details: '28P01: password authentication failed for user "ann"',
  }),
  untrusted: failure({
    code: "RK-E12",
    what: "The way to db.example.org is not protected as it should be: nobody who is trusted signed the server's certificate",
    why: "Most companies and hosting services sign with an authority of their own, which this system does not know. It could also be somebody else's server.",
    remedy: ["Get the file of that authority (PEM) from whoever runs the server, and name it under 'Certificate files'.", "Compare the signer below with the one you expect."],
    details: "invalid peer certificate: UnknownIssuer; the certificate was signed by CN=Example Corp Internal CA",
  }),
  taken: (name: string): Failure =>
    failure({
      code: "RK-E49",
      what: `'${name}' is there already, so nothing was restored.`,
      why: "A backup is restored into a new database, so that nothing that is there is ever lost.",
      remedy: ["Choose a name that no database has."],
      exit: 2,
    }),
  noPath: (path: string, wanted: string): Failure =>
    failure({
      code: "RK-E53",
      what: `'${path}' is not the whole path of ${wanted}.`,
      why: "The window has no folder of its own that a shorter path could begin in, or there is no such thing at that place.",
      remedy: ["Choose it in the dialog, or type its whole path."],
      exit: 2,
    }),
  fileTaken: (path: string): Failure =>
    failure({
      code: "RK-E53",
      what: `'${path}' is there already, so nothing was written.`,
      why: "A path that was typed never replaces a file.",
      remedy: ["Type another name, or choose the file in the dialog, which asks before it replaces one."],
      exit: 2,
    }),
  inUse: (name: string): Failure =>
    failure({
      code: "RK-E37",
      what: `'${name}' is in use and was not removed: session 4711 of user 'ann' (reports), idle.`,
      why: "A Rekey or another program is at work with it. Nobody's session is ended, and nothing is taken away below anybody.",
      remedy: ["Wait until it has ended, or stop it there.", "Then remove it again."],
      exit: 3,
    }),
  locked: failure({
    ...TAKEN_BACK,
    code: "RK-E21",
    what: "The tables are in use: session 4312 of user 'web' (puma), idle in transaction: SELECT * FROM orders FOR UPDATE.",
    why: "Other sessions hold locks on these tables. Rekey tried for 60 s, each time only briefly, and gave up so as not to hold up your application.",
    remedy: ["Stop the application, or end the sessions named above.", "Then start the run again."],
  }),
  cancelled: failure({
    ...TAKEN_BACK,
    code: "RK-E31",
    what: "Cancelled.",
    why: "You pressed Cancel.",
    remedy: ["Start again whenever you like."],
  }),
  cancelledUntouched: failure({
    code: "RK-E31",
    what: "Cancelled.",
    why: "You pressed Cancel.",
    remedy: ["Start again whenever you like."],
  }),
  backup: failure({
    code: "RK-E35",
    what: "The backup failed when it was to be compared with its source: the copy does not hold what its source holds: rows public.orders.",
    why: "Rows were written while the backup was made, or the dump does not hold everything that the database holds.",
    remedy: ["Stop the application and make the backup again."],
  }),
  statement: failure({
    ...TAKEN_BACK,
    code: "RK-E32",
    what: "The database refused a statement of step 'convert_table public.orders': could not extend file: No space left on device.",
    why: "The server met something that the checklist did not foresee.",
    remedy: ["Read what the server said below.", "Keep the report and send it in."],
    details: '53100: could not extend file "base/16384/24601": No space left on device\nALTER TABLE "public"."orders" ALTER COLUMN "id" TYPE uuid ...',
  }),
  unclear: failure({
    code: "RK-E10",
    what: "The connection to the database was lost.",
    why: "The server was stopped, or the network between was cut.",
    remedy: ["Check that the server runs.", "Run 'rekey status' on it, then try again."],
    state: { state: "unclear", run: "k3v9x0a7bq" },
    state_sentence: "The database did not say whether run k3v9x0a7bq was completed. It is either complete or taken back whole, never half: 'rekey status' tells which.",
    details: "server closed the connection unexpectedly",
    exit: 5,
  }),
  unreadable: failure({
    code: "RK-E08",
    what: "The right to do this is missing: permission denied for schema public.",
    why: "The user is not the owner of what it is to change.",
    remedy: ["Connect as the owner of the tables, or have the right granted."],
    details: "42501: permission denied for schema public",
  }),
  redisUnreachable: failure({
    code: "RK-R04",
    what: "No Redis answers at redis://nowhere.example.org:6379/0.",
    why: "The server is not running, listens elsewhere, wants TLS or none, or a firewall is in between.",
    remedy: ["Check host and port, and whether the address must begin with rediss://.", "Check that the server runs and accepts connections from this machine."],
    state_sentence: "Nothing was changed in Redis, and nothing in the database.",
  }),
  redisRule: (rule: string) =>
    failure({
      code: "RK-R02",
      what: `The rule '${rule}' cannot be used: it names no column whose ids this run converted.`,
      why: "A rule names keys part by part, with the column whose id stands there.",
      remedy: ["Name one of the converted keys as schema.table.column."],
    }),
  redisStopped: failure({
    code: "RK-R07",
    what: "Cancelled.",
    why: "You pressed Cancel.",
    remedy: ["Do the same again: it goes on where it stopped."],
    state: { state: "converted", run: "k3v9x0a7bq" },
    state_sentence: "In Redis 12,000 were changed before it stopped, and every other key is as it was; none is lost or written over. The same once more goes on from there.",
    exit: 5,
  }),
};
