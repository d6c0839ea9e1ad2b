import * as z from "zod";

// zod tries `new Function`, which the page's content security policy refuses, and reports.
z.config({ jitless: true });
