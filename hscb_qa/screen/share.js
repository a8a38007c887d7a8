// Copies the address of what is on the screen, and says so. Where the browser keeps the clipboard shut, the address is shown to copy by hand.
export default function ({ parentElement }) {
  const button = parentElement.querySelector("button");
  const told = parentElement.querySelector("[role=status]");
  const field = parentElement.querySelector("input");
  button.onclick = async () => {
    const address = window.location.href;
    try {
      await navigator.clipboard.writeText(address);
      told.textContent = "Link copied";
    } catch {
      field.hidden = false;
      field.value = address;
      field.select();
      told.textContent = "Copy the link from here";
    }
    setTimeout(() => { told.textContent = ""; }, 4000);
  };
}
