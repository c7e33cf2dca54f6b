/** The style sheet of every page: light and dark, no font or picture from elsewhere. */
export const style = `
:root{color-scheme:light dark;--text:#1b1f24;--muted:#57606a;--back:#fff;--card:#f6f8fa;--line:#d0d7de;--link:#0550ae;
--good:#116329;--good-back:#dafbe1;--busy:#0a4a9e;--busy-back:#ddf0ff;--warn:#7a4100;--warn-back:#fff1cf;--bad:#a40e26;--bad-back:#ffe4e6;--quiet:#57606a;--quiet-back:#eaeef2}
@media (prefers-color-scheme:dark){:root{--text:#e6edf3;--muted:#9aa5b1;--back:#0d1117;--card:#161b22;--line:#30363d;--link:#79b8ff;
--good:#56d364;--good-back:#12261a;--busy:#79b8ff;--busy-back:#10243e;--warn:#e3b341;--warn-back:#2d2208;--bad:#ff8a80;--bad-back:#3a1217;--quiet:#9aa5b1;--quiet-back:#21262d}}
*{box-sizing:border-box}
body{margin:0;background:var(--back);color:var(--text);font:16px/1.5 system-ui,-apple-system,"Segoe UI","Noto Sans","Noto Sans CJK JP",sans-serif}
a{color:var(--link)}
:focus-visible{outline:3px solid var(--link);outline-offset:2px;border-radius:3px}
.skip{position:absolute;left:-99rem}.skip:focus{left:1rem;top:.5rem;background:var(--back);padding:.25rem .5rem}
header.site{border-bottom:1px solid var(--line);background:var(--card)}
header.site>div,main{max-width:60rem;margin:0 auto;padding:.6rem 1rem}
header.site>div{display:flex;flex-wrap:wrap;gap:.25rem 1.5rem;align-items:baseline}
header.site strong{font-size:1.05rem}
nav{display:flex;gap:1.25rem;flex:1}
main{padding-bottom:4rem}
h1{font-size:1.7rem;line-height:1.25;margin:1.2rem 0 .4rem;display:flex;flex-wrap:wrap;gap:.3rem .9rem;align-items:center}
h2{font-size:1.2rem;margin:2rem 0 .6rem}
h3{font-size:1rem;font-weight:600;margin:0;display:flex;flex-wrap:wrap;gap:.2rem .7rem;align-items:center}
p{margin:.3rem 0}
.lead{font-size:1.05rem}.muted{color:var(--muted)}.small{font-size:.875rem}
.badge{display:inline-block;white-space:nowrap;border-radius:1rem;padding:.05rem .65rem;font-size:.875rem;font-weight:600;line-height:1.5}
h1 .badge{font-size:1rem}
.good{color:var(--good);background:var(--good-back)}.busy{color:var(--busy);background:var(--busy-back)}.warn{color:var(--warn);background:var(--warn-back)}
.bad{color:var(--bad);background:var(--bad-back)}.quiet{color:var(--quiet);background:var(--quiet-back)}
.note{color:var(--text);border-left:4px solid;border-radius:4px;padding:.5rem .9rem;margin:.9rem 0}
.note.good{border-color:var(--good)}.note.busy{border-color:var(--busy)}.note.warn{border-color:var(--warn)}.note.bad{border-color:var(--bad)}.note.quiet{border-color:var(--quiet)}
.note ul{margin:.2rem 0;padding-left:1.2rem}
dl.facts{display:grid;grid-template-columns:max-content 1fr;gap:.15rem 1.2rem;margin:.8rem 0}
dl.facts dt{color:var(--muted)}dl.facts dd{margin:0;overflow-wrap:anywhere}
ol.steps{list-style:none;margin:0;padding:0}
ol.steps>li{border:1px solid var(--line);border-left:5px solid var(--line);border-radius:6px;padding:.55rem .9rem;margin:.5rem 0}
ol.steps>li.edge-good{border-left-color:var(--good)}ol.steps>li.edge-busy{border-left-color:var(--busy)}ol.steps>li.edge-warn{border-left-color:var(--warn)}
ol.steps>li.edge-bad{border-left-color:var(--bad)}
ol.steps>li.edge-quiet{padding-top:.3rem;padding-bottom:.3rem}
ol.steps h3 .at{margin-left:auto;font-weight:400}
details{margin:.1rem 0}h3 .small{font-weight:400}summary{cursor:pointer;color:var(--link);width:fit-content}
.change{border-top:1px solid var(--line);padding:.5rem 0 .3rem;margin-top:.4rem}
.scroll{overflow-x:auto}
table{border-collapse:collapse;width:100%;font-size:.9rem;margin:.4rem 0}
caption{text-align:left;color:var(--muted);padding:.2rem 0}
th,td{text-align:left;vertical-align:top;padding:.3rem .8rem .3rem 0;border-bottom:1px solid var(--line);overflow-wrap:anywhere}
thead th{color:var(--muted);font-weight:600;white-space:nowrap}
tbody th{font-weight:400}
td.differs{color:var(--warn);font-weight:600}
code,.id{font-family:ui-monospace,"DejaVu Sans Mono",Consolas,monospace;font-size:.85em;overflow-wrap:anywhere}
.code{font:700 2rem/1.4 ui-monospace,"DejaVu Sans Mono",Consolas,monospace;letter-spacing:.12em;border:2px solid var(--line);border-radius:6px;padding:.5rem 1rem;display:inline-block;user-select:all}
label{display:block;font-weight:600;margin:.8rem 0 .3rem}
textarea{width:100%;font:inherit;color:inherit;background:var(--card);border:1px solid var(--muted);border-radius:4px;padding:.5rem}
button{font:inherit;font-weight:600;color:#fff;background:#0550ae;border:0;border-radius:6px;padding:.5rem 1.1rem;margin:.7rem 0;cursor:pointer}
button.plain{background:none;color:var(--link);padding:0;margin:0;font-weight:400;text-decoration:underline}
section{margin:0 0 1.8rem}
@media print{header.site,form{display:none}}
`;

/** SHA-256 of the style sheet in base64, by which the Content-Security-Policy allows it and no other (https://www.w3.org/TR/CSP3/#grammardef-hash-source). */
export const styleDigest = 'MofFHV6MKVSiEHltwmwil9/KbvPMWbqhAYewvOoNIIM=';
