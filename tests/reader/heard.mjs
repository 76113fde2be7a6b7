// What Chromium says of the pages of a tab: breaches of their policy, files that are not there, errors of
// scripts, and what each page asks for.

/** Listens from now on; `tab.heard` is of the page that was gone to last. */
export async function listen(tab) {
  forget(tab);
  const { its } = tab;
  const say = (line) => tab.heard.said.push(line.trim());
  its.on("Log.entryAdded", ({ entry }) => {
    // Browsers ask for it by themselves; no page names it. The page for wrong addresses is served with
    // the status that says so.
    if (!/\/(favicon\.ico|404\.html)$/.test(entry.url ?? "")) say(`${entry.source}: ${entry.text} ${entry.url ?? ""}`);
  });
  its.on("Audits.issueAdded", ({ issue }) => {
    const about = issue.details.contentSecurityPolicyIssueDetails;
    if (about) say(`the policy's ${about.violatedDirective} forbids ${about.blockedURL ?? "what the page says itself"}`);
  });
  its.on("Runtime.exceptionThrown", ({ exceptionDetails }) => say(`a script fails: ${exceptionDetails.text}`));
  its.on("Runtime.consoleAPICalled", ({ type }) => say(`a script says ${type}`));
  its.on("Network.requestWillBeSent", ({ request }) => {
    if (!/^data:|\/favicon\.ico$/.test(request.url)) tab.heard.asked.add(request.url);
  });
  its.on("Network.loadingFailed", ({ type, errorText, blockedReason }) => say(`${type}: ${blockedReason ?? errorText}`));
  for (const domain of ["Log", "Audits", "Runtime", "Network"]) await its.send(`${domain}.enable`);
}

/** Forgets what was heard, before another page is gone to. */
export function forget(tab) {
  tab.heard = { said: [], asked: new Set() };
}

/** What was said of this page. */
export async function heard(tab) {
  // What a page is told of is told before what it is asked next is answered.
  await tab.its.send("Runtime.evaluate", { expression: "0" });
  return tab.heard.said;
}
