/* Makes quicker what already works without it. Nothing here is needed. */
"use strict";
const $ = (selector, root = document) => root.querySelector(selector);
const $$ = (selector, root = document) => [...root.querySelectorAll(selector)];
const words = document.documentElement.dataset;
const wordsOf = (it) => (it ? it.textContent.trim().replace(/\s+/g, " ") : "");

/** Say something to who listens instead of looks. */
const say = (text) => {
  const live = $("#melding");
  if (!live || !text) return;
  live.textContent = "";
  setTimeout(() => { live.textContent = text; }, 60);
};

/** Another page of ours, as a document; throws when it does not come. */
const read = async (url, options) => {
  const answer = await fetch(url, options);
  if (!answer.ok) throw new Error(answer.status);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  page.address = answer.url;
  return page;
};
