/** The tabs: one is in the order of the Tab key, and the arrow keys go to the others. */
export class Tabs {
  #tabs;

  constructor(list) {
    this.#tabs = [...list.querySelectorAll('[role=tab]')];
    for (const tab of this.#tabs) tab.addEventListener('click', () => this.select(tab));
    list.addEventListener('keydown', event => this.#move(event));
    this.select(this.#tabs[0]);
  }

  select(selected) {
    for (const tab of this.#tabs) {
      const isSelected = tab === selected;
      tab.ariaSelected = String(isSelected);
      tab.tabIndex = isSelected ? 0 : -1;
      document.getElementById(tab.getAttribute('aria-controls')).hidden = !isSelected;
    }
  }

  get selected() {
    return this.#tabs.find(({ ariaSelected }) => ariaSelected === 'true');
  }

  #move(event) {
    const last = this.#tabs.length - 1;
    const index = this.#tabs.indexOf(this.selected);
    const next = { ArrowRight: index + 1, ArrowLeft: index - 1, Home: 0, End: last }[event.key];
    if (next === undefined) return;
    event.preventDefault();
    const tab = this.#tabs[(next + last + 1) % (last + 1)];
    this.select(tab);
    tab.focus();
  }
}

/** What is behind a tab: how many, and how many of them need a look. */
export function showCount(tab, count, attention) {
  tab.querySelector('.count').textContent = String(count);
  const mark = tab.querySelector('.attention');
  mark.hidden = attention === 0;
  mark.textContent = String(attention);
  const needs = attention === 1 ? 'needs' : 'need';
  tab.ariaLabel = `${tab.dataset.name} ${count}${attention > 0 ? `, ${attention} ${needs} attention` : ''}`;
}
