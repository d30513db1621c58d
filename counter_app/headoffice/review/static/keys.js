"use strict";
// Keys for reviewers who do not want the mouse. Without this file every button still works.
// It is read before the page is shown: a key that is pressed as soon as something is seen counts.
document.addEventListener("keydown", (event) => {
  const typing = /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName);
  if (event.key === "Escape" && typing) { event.target.blur(); return; }
  if (typing || event.ctrlKey || event.altKey || event.metaKey) { return; }
  const page = document.body.dataset.page;
  if (page === "list") { onList(event); }
  if (page === "case") { onCase(event); }
});

function onList(event) {
  const links = [...document.querySelectorAll("a.open")];
  const at = links.indexOf(document.activeElement);
  const steps = { j: at + 1, k: at < 0 ? 0 : at - 1 };
  if (event.key in steps) {
    const next = links[Math.max(0, Math.min(links.length - 1, steps[event.key]))];
    if (next) { next.focus(); event.preventDefault(); }
  }
  if (event.key === "/") { document.getElementById("search").focus(); event.preventDefault(); }
}

function onCase(event) {
  const plain = { a: "approve", e: "apply" };
  const withReason = { r: "reject", n: "need_more" };
  if (event.key === "v") {
    const code = document.getElementById("receipt_code");
    if (code) { code.focus(); event.preventDefault(); }
  }
  if (event.key === "u") { document.getElementById("back").click(); }
  if (/^[1-8]$/.test(event.key)) {
    const box = document.querySelectorAll("input[name=wanted]")[Number(event.key) - 1];
    if (box) { box.checked = !box.checked; event.preventDefault(); }
  }
  if (event.key in plain) { press(plain[event.key]); }
  if (event.key in withReason) {
    const reason = document.getElementById("reason_code");
    if (reason && reason.value === "") { reason.focus(); event.preventDefault(); return; }
    press(withReason[event.key]);
  }
}

function press(id) {
  const button = document.getElementById(id);
  if (button && !button.disabled) { button.focus(); button.click(); }
}
