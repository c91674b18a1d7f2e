// Imported before anything else, so that no violation comes before it.
const output = document.querySelector('#violations');
let count = 0;

document.addEventListener('securitypolicyviolation', ({ violatedDirective, sourceFile }) => {
  count += 1;
  output.textContent = `${count} ${count === 1 ? 'violation' : 'violations'} (${violatedDirective}, ${sourceFile})`;
  output.classList.add('refused');
});
