import './http.ts';
import './orchestrations.ts';
