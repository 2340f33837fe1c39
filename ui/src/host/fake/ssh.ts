// Ways through SSH.

import type { ConnectionForm } from "../../generated/ConnectionForm";
import type { Failure } from "../../generated/Failure";
import { FAILURES } from "../../generated/failures";
import type { SshView } from "../../generated/SshView";
import type { TestResult } from "../../generated/TestResult";
import type { TestStage } from "../../generated/TestStage";

const TITLE = "Connect through SSH";

/** What there is on the machine. */
export function sshOf(scenario: string): SshView {
  return scenario === "ssh-missing" ? { found: false, hosts: [] } : { found: true, hosts: ["bastion", "jump.example.org"] };
}

/** The stages up to the open port. */
export function reachedStages(form: ConnectionForm): TestStage[] {
  const by = form.ssh.destination;
  if (by === "") {
    return [
      { title: "Find the host", passed: true, detail: `${form.host} is 192.0.2.17` },
      { title: "Open the port", passed: true, detail: `${form.port} answers at 192.0.2.17` },
    ];
  }
  return [
    { title: TITLE, passed: true, detail: `${by} let us in` },
    { title: "Find the host", passed: true, detail: `${by} looks up ${form.host}` },
    { title: "Open the port", passed: true, detail: `${form.port} answers there` },
  ];
}

/** An SSH server whose key nobody has seen. */
export function unknownKeyTest(form: ConnectionForm): TestResult {
  const failure: Failure | undefined = FAILURES.find(({ code }) => code === "RK-E14");
  const titles = ["Find the host", "Open the port", "Protect the way", "Log in", "Find the database", "Ask for its version", "Look at the rights"];
  return {
    stages: [
      { title: "Read the address", passed: true, detail: `${form.host}:${form.port}/${form.database}` },
      { title: TITLE, passed: false, detail: failure?.what ?? "" },
      ...titles.map((title) => ({ title, passed: null, detail: "" })),
    ],
    warnings: [],
    failure: failure ?? null,
  };
}
