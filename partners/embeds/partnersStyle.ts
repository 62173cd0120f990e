/** The style of the page for partners. */
export const partnersStyle = `
*{box-sizing:border-box}
:root{color-scheme:light dark;
--ink:light-dark(#15181e,#eef0f4);--muted:light-dark(#545a64,#a8afbb);--paper:light-dark(#fbfaf8,#101216);
--card:light-dark(#fff,#181b21);--line:light-dark(#e2e0db,#2b3038);--edge:light-dark(#82868e,#737a86);
--accent:light-dark(#a3231a,#ff9c8a);--on-accent:light-dark(#fff,#2a0905);
--serif:'Iowan Old Style','Palatino Linotype',Palatino,Georgia,serif;
--mono:ui-monospace,'SF Mono',Menlo,Consolas,monospace}
html{scroll-behavior:smooth;scroll-padding-top:1.5rem}
@media (prefers-reduced-motion:reduce){html{scroll-behavior:auto}}
body{margin:0;background:var(--paper);color:var(--ink);font:1rem/1.6 system-ui,-apple-system,'Segoe UI',Roboto,sans-serif}
a{color:inherit;text-underline-offset:.2em;text-decoration-thickness:1px}
a:hover{color:var(--accent)}
:focus-visible{outline:2px solid var(--accent);outline-offset:2px;border-radius:4px}
.skip{position:absolute;inset-inline-start:1rem;inset-block-start:-4rem;background:var(--card);padding:.6rem 1rem;z-index:1}
.skip:focus{inset-block-start:1rem}
.unseen{position:absolute;inline-size:1px;block-size:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.bar,main{max-inline-size:74rem;margin-inline:auto;padding-inline:clamp(1rem,4vw,2.5rem)}
.bar{display:flex;flex-wrap:wrap;justify-content:space-between;align-items:baseline;gap:.25rem 2rem;padding-block:1.1rem}
.mark{font:700 1.5rem/1.2 var(--serif);letter-spacing:-.01em;text-decoration:none}
nav{display:flex;gap:1.4rem}
nav a{padding-block:.4rem;color:var(--muted);text-decoration:none}
.hero{padding-block:clamp(2rem,6vw,4.5rem) clamp(1.75rem,4vw,3rem);max-inline-size:46rem}
h1{margin:0 0 1rem;font:600 clamp(2.2rem,1.4rem + 3.6vw,3.75rem)/1.06 var(--serif);letter-spacing:-.02em;text-wrap:balance}
.hero p{margin:0;color:var(--muted);font-size:clamp(1.05rem,1rem + .4vw,1.25rem);text-wrap:pretty}
.builder{display:grid;gap:1.5rem;align-items:start}
.choose,.preview{min-inline-size:0}
@media (min-width:60rem){.builder{grid-template-columns:minmax(0,5fr) minmax(0,6fr);gap:3rem}.choose{position:sticky;inset-block-start:1.5rem}}
form{display:grid;gap:1.25rem;margin-block-end:1.75rem}
@media (min-width:40rem) and (max-width:59.99rem){form{grid-template-columns:1fr auto auto}.wrong{grid-column:1/-1;grid-row:2}}
.field{border:0;margin:0;padding:0;min-inline-size:0}
label,legend{display:block;padding:0;font-weight:600;font-size:.92rem}
.field>label,legend{margin-block-end:.4rem}
select,input[type=number]{inline-size:100%;min-block-size:2.9rem;padding:.5rem .8rem;font:inherit;color:inherit;background:var(--card);border:1px solid var(--edge);border-radius:8px}
input[type=number]{max-inline-size:7rem}
.segments{display:flex;flex-wrap:wrap;gap:.5rem}
.segments label{position:relative;font-weight:500}
.segments input{position:absolute;inset:0;margin:0;opacity:0;inline-size:100%;block-size:100%;cursor:pointer}
.segments span{display:flex;align-items:center;min-block-size:2.75rem;padding-inline:1rem;background:var(--card);border:1px solid var(--edge);border-radius:8px}
.segments input:checked+span{border-color:var(--accent);box-shadow:inset 0 0 0 1px var(--accent);color:var(--accent)}
.segments input:focus-visible+span{outline:2px solid var(--accent);outline-offset:2px}
@media (forced-colors:active){.segments input:checked+span{outline:3px solid Highlight}}
.wrong{margin:0;color:var(--accent);font-weight:600}
button{min-block-size:2.4rem;padding:.35rem 1.1rem;font:600 .92rem/1 system-ui,sans-serif;color:var(--on-accent);background:var(--accent);border:0;border-radius:8px;cursor:pointer}
button:hover{filter:brightness(1.12)}
form button{min-block-size:2.9rem}
.code-bar{display:flex;justify-content:space-between;align-items:center;gap:1rem;min-block-size:2.6rem;margin-block-end:.4rem}
textarea,pre{display:block;inline-size:100%;margin:0;padding:.9rem 1rem;font:.85rem/1.6 var(--mono);color:var(--ink);background:var(--card);border:1px solid var(--edge);border-radius:8px;overflow-wrap:anywhere}
textarea{resize:vertical;field-sizing:content}
pre{overflow:auto;border-color:var(--line)}
details{margin-block-start:1rem}
summary{padding-block:.5rem;color:var(--muted);cursor:pointer}
details .code{margin-block-start:.25rem}
.preview{border:1px solid var(--line);border-radius:14px;overflow:hidden;background:var(--card)}
.address{display:flex;margin:0;padding:.6rem .9rem;border-block-end:1px solid var(--line);color:var(--muted);font-size:.82rem}
.address span{flex:1;max-inline-size:20rem;margin-inline:auto;text-align:center;background:var(--paper);border-radius:6px}
.address::before{content:'';inline-size:3.2rem;block-size:.7rem;margin-block:auto;background:radial-gradient(circle at .35rem 50%,var(--line) .34rem,transparent .37rem) 0 0/1.1rem 100%}
.stage{padding:clamp(.75rem,3vw,1.75rem)}
.stage[data-stage=light]{color-scheme:light;background:#f1f0ed}
.stage[data-stage=dark]{color-scheme:dark;background:#0b0d10}
iframe{display:block;border:0}
.reference{display:grid;gap:2.5rem 3rem;margin-block:clamp(3rem,7vw,5.5rem);padding-block-start:clamp(2rem,4vw,3rem);border-block-start:1px solid var(--line)}
@media (min-width:48rem){.reference{grid-template-columns:1fr 1fr}}
.reference section{min-inline-size:0}
h2{margin:0 0 .5rem;font:600 1.5rem/1.2 var(--serif)}
.reference p{margin:0 0 .9rem;max-inline-size:38rem;color:var(--muted)}
.reference a{color:var(--ink)}
.long,dd{overflow-wrap:anywhere}
dl{margin:0}
dl>div{display:grid;grid-template-columns:7rem 1fr;padding-block:.6rem;border-block-start:1px solid var(--line)}
dt{font-weight:600}
dd{margin:0}
code{font-family:var(--mono);font-size:.9em;color:var(--ink)}
.copied{position:fixed;inset-block-end:1.5rem;inset-inline:0;margin-inline:auto;inline-size:fit-content;padding:.7rem 1.2rem;border-radius:8px;background:var(--ink);color:var(--paper)}
.copied:empty{display:none}
`;
