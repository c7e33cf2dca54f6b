import './calls.ts';
import './entities.ts';
import './limits.ts';
import './locks.ts';
