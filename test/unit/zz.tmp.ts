import { inspect } from '../../functions/documents-api/inspection.ts';
const end='\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n';
const N=1_000_000;
const cases:Record<string,string>={
 objs:'%PDF-1.7\n'+'1 0 obj << '.repeat(N/10|0)+end,
 nest:'%PDF-1.7\n1 0 obj\n'+'['.repeat(N)+end,
 dict:'%PDF-1.7\n1 0 obj\n'+'<</A '.repeat(N/5|0)+end,
 str:'%PDF-1.7\n1 0 obj\n'+'('.repeat(N)+end,
 streams:'%PDF-1.7\n'+'1 0 obj\n<< /Length 99999 >>\nstream\n'.repeat(N/35|0)+end,
 junk:'%PDF-1.7\n'+'xref '.repeat(N/5|0)+end,
 names:'%PDF-1.7\n1 0 obj\n<<'+Array.from({length:N/10|0},(_,i)=>`/A${i} 1 `).join('')+'>>\nendobj'+end,
 bad:'%PDF-1.7\n'+'1 0 obj\n)\nendobj\n'.repeat(N/17|0)+end,
};
for (const [k,v] of Object.entries(cases)) { const a=performance.now(); const f=await inspect(Buffer.from(v)); console.log(k, v.length, Math.round(performance.now()-a)+'ms', JSON.stringify(f.opened)); }
