/** The style of embeds, in frames and in partners' pages. Sizes are in em, relative to the partner's font size. */
export const cardStyle = `
*{box-sizing:border-box;margin:0;padding:0}
:host,:root{color-scheme:light dark}
:host([theme=light]),:root[data-theme=light]{color-scheme:light}
:host([theme=dark]),:root[data-theme=dark]{color-scheme:dark}
:host{display:block}
:host([hidden]){display:none}
.box{
--ink:var(--dateline-ink,light-dark(#15181e,#eef0f4));
--muted:var(--dateline-muted,light-dark(#565c66,#a5acb8));
--paper:var(--dateline-paper,light-dark(#fff,#15181e));
--line:var(--dateline-line,light-dark(#e3e5ea,#2d323b));
--accent:var(--dateline-accent,light-dark(#a3231a,#ff9c8a));
container-type:inline-size;overflow:hidden;
background:var(--paper);color:var(--ink);
border:1px solid var(--line);border-radius:var(--dateline-radius,12px);
font:400 var(--dateline-size,16px)/1.45 var(--dateline-font,system-ui,-apple-system,'Segoe UI',Roboto,sans-serif);
text-align:start;overflow-wrap:break-word}
a{color:inherit;text-decoration:none}
a:hover{text-decoration:underline;text-decoration-thickness:1px;text-underline-offset:.15em}
a:focus-visible{outline:2px solid var(--accent);outline-offset:2px;border-radius:2px}
ul{list-style:none;display:flex;flex-direction:column;min-block-size:calc(var(--rows,0)*13em)}
.title{font-size:1em;font-weight:700;line-height:1.5;padding:.8em 1em;border-block-end:1px solid var(--line)}
h2.title::before{content:'';display:inline-block;inline-size:.3em;block-size:1em;margin-inline-end:.6em;vertical-align:-.1em;background:var(--accent);border-radius:1px}
.row{flex:1 0 auto;display:flex;gap:1em;justify-content:space-between;padding:1em}
.row+.row{border-block-start:1px solid var(--line)}
.row .text{flex:1;min-inline-size:0}
.row figure,.bone-thumb{flex:none;inline-size:5.5em}
.row img,.bone-thumb{aspect-ratio:4/3}
.headline{font:600 1.08em/1.28 var(--dateline-headline-font,'Iowan Old Style','Palatino Linotype',Palatino,Georgia,serif);text-wrap:pretty}
.row .headline{display:-webkit-box;-webkit-box-orient:vertical;-webkit-line-clamp:5;overflow:hidden}
.row .headline:focus-within{overflow:visible}
.row .standfirst{display:none;-webkit-line-clamp:2;margin-block-start:.3em;color:var(--muted);font-size:.92em}
.kicker{display:flex;flex-wrap:wrap;gap:.15em .7em;color:var(--accent);font-size:.78em;font-weight:600;line-height:1.5;margin-block-end:.25em}
.gate{color:var(--muted);font-weight:500}
.gate::before{content:'';display:inline-block;inline-size:.5em;block-size:.5em;margin-inline-end:.4em;border:1.5px solid;border-radius:50%}
.meta{display:flex;flex-wrap:wrap;margin-block-start:.5em;margin-inline-start:-1.1em;clip-path:inset(0 0 0 1.1em);color:var(--muted);font-size:.8em;line-height:1.5}
.meta:dir(rtl){clip-path:inset(0 1.1em 0 0)}
.meta>*{position:relative;padding-inline-start:1.1em}
.meta>*::before{content:'·';position:absolute;inset-inline-start:0;inline-size:1.1em;text-align:center}
figure{min-inline-size:0}
img{display:block;inline-size:100%;block-size:auto;object-fit:cover;background:var(--line);border-radius:6px}
.credit{margin-block-start:.35em;color:var(--muted);font-size:.68em;line-height:1.35}
.story{display:grid;grid-template-rows:auto 1fr;min-block-size:calc(56.25cqi + 18.6em)}
.story img,.plate,.bone-wide{aspect-ratio:16/9;border-radius:0}
.story .credit{padding-inline:1.45em}
.story .text{display:flex;flex-direction:column;padding:.9em 1em 1.1em}
.story .meta{margin-block-start:auto;padding-block-start:.7em}
.story .headline{font-size:1.4em;line-height:1.2}
.standfirst{display:-webkit-box;-webkit-box-orient:vertical;-webkit-line-clamp:4;overflow:hidden;margin-block-start:.5em;line-height:1.45;text-wrap:pretty}
.plate{display:grid;place-items:end start;padding:1rem;background:color-mix(in srgb,var(--accent) 12%,var(--paper));color:var(--accent);font:600 1.6em/1.15 var(--dateline-headline-font,'Iowan Old Style','Palatino Linotype',Palatino,Georgia,serif)}
@container (min-width:440px){
ul{min-block-size:calc(var(--rows,0)*12.2em)}
.row figure,.bone-thumb{inline-size:7em}
.row .standfirst{display:-webkit-box}
}
@container (min-width:560px){
.story{grid-template:auto/46% 1fr;min-block-size:max(21em,25.9cqi + 1.6em)}
.plate{aspect-ratio:auto}
.story .text{padding:1.2em 1.4em 1.3em}
.story .standfirst{-webkit-line-clamp:5}
}
@container (min-width:640px){
ul{min-block-size:calc(var(--rows,0)*9.6em)}
}
@container (min-width:720px){
.story{min-block-size:max(16.8em,25.9cqi + 1.6em)}
}
@container (min-width:900px){
.story .headline{font-size:1.9em}
.story .standfirst{font-size:1.1em}
}
.empty,.message{padding:1em;color:var(--muted)}
.message a,.message ::slotted(a){color:var(--ink);text-decoration:underline;text-underline-offset:.15em}
.message p{margin-block-end:.4em}
.bone{background:var(--line);border-radius:4px;animation:pulse 1.6s ease-in-out infinite alternate}
.bone-4{inline-size:30%;block-size:.9em;margin-block-end:.7em}
.bone-9{inline-size:92%;block-size:1.2em;margin-block-end:.7em}
.bone-6{inline-size:58%;block-size:.8em}
.title .bone{block-size:1.5em;margin:0}
@keyframes pulse{to{opacity:.45}}
@media (prefers-reduced-motion:reduce){.bone{animation:none}}
@media (forced-colors:active){.bone,img{border:1px solid}}
`;
