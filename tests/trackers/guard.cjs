// SPDX-License-Identifier: MIT
//
// Loaded before a server under our control (node --require): whatever address and port it asks
// for, it listens on a free port of the loopback interface and tells which on fd 3; and it ends
// when the test that started it is gone, however that went: their common pipe, fd 4, closes then.
'use strict';
const fs = require('node:fs');
const net = require('node:net');

const listen = net.Server.prototype.listen;
net.Server.prototype.listen = function guarded(...args) {
  const done = args.find((arg) => typeof arg === 'function');
  if (done) this.once('listening', done);
  this.once('listening', () => fs.writeSync(3, `${this.address().port}\n`));
  // An idle connection is not closed under a request that is on its way.
  this.keepAliveTimeout = 0;
  return listen.call(this, { port: 0, host: '127.0.0.1' });
};

const parent = new net.Socket({ fd: 4, readable: true, writable: false });
parent.on('end', () => process.exit(0));
parent.on('error', () => process.exit(0));
parent.resume();
