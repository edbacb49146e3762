const text = document.getElementById("text");
const count = document.getElementById("count");

async function ask() {
  const answer = await fetch("/api/words?" + encodeURIComponent(text.value));
  const { words, letters } = await answer.json();
  count.textContent = `${words} words, ${letters} letters`;
}

text.addEventListener("input", ask);
ask();
