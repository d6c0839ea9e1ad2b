#!/usr/bin/env node
import { runLocalAzure } from "./command";
import { shippedPage } from "./live/page-source";

runLocalAzure(shippedPage());
