/** Whole calls as a real Asterisk 22 tells them, for tests that change the order or double events. */
export const CALL_SCENARIOS: Readonly<Record<string, string>> = {
  answered: `
    00:00.000  queue_joined     trunk#1
    00:01.000  agent_called     trunk#1  101#2
    00:01.001  dial_begun       trunk#1  101#2
    00:04.900  dial_ended       trunk#1  101#2  status=ANSWER
    00:04.910  queue_left       trunk#1
    00:05.000  agent_connected  trunk#1  101#2  hold=5 ring=4
    00:05.010  bridge_entered   trunk#1
    00:05.020  bridge_entered   101#2
    00:15.000  held             101#2
    00:25.000  resumed          101#2
    00:45.000  bridge_left      101#2
    00:45.001  hung_up          101#2
    00:45.002  bridge_left      trunk#1
    00:45.003  agent_completed  trunk#1  101#2  talk=40 reason=agent
    00:45.004  hung_up          trunk#1`,

  ringAll: `
    00:00.000  queue_joined     trunk#1
    00:01.000  agent_called     trunk#1  101#2
    00:01.001  dial_begun       trunk#1  101#2
    00:01.002  agent_called     trunk#1  102#3
    00:01.003  dial_begun       trunk#1  102#3
    00:04.900  dial_ended       trunk#1  102#3  status=ANSWER
    00:04.901  dial_ended       trunk#1  101#2  status=CANCEL
    00:04.902  dial_ended       trunk#1  101#2  status=CANCEL
    00:04.903  hung_up          101#2           cause=26
    00:04.910  queue_left       trunk#1
    00:05.000  agent_connected  trunk#1  102#3  hold=5 ring=4
    00:05.010  bridge_entered   trunk#1
    00:05.020  bridge_entered   102#3
    00:45.001  hung_up          trunk#1
    00:45.002  hung_up          102#3`,

  abandonedWhileRinging: `
    00:00.000  queue_joined     trunk#1
    00:01.000  agent_called     trunk#1  101#2
    00:01.001  dial_begun       trunk#1  101#2
    00:09.000  queue_abandoned  trunk#1  hold=9
    00:09.001  dial_ended       trunk#1  101#2  status=CANCEL
    00:09.002  queue_left       trunk#1
    00:09.003  hung_up          101#2           cause=26
    00:09.004  hung_up          trunk#1`,

  timeout: `
    00:00.000  queue_joined          trunk#1
    00:01.000  agent_called          trunk#1  101#2
    00:01.001  dial_begun            trunk#1  101#2
    00:16.000  agent_ring_no_answer  trunk#1  101#2
    00:16.001  dial_ended            trunk#1  101#2  status=NOANSWER
    00:16.002  hung_up               101#2           cause=19
    00:20.000  queue_abandoned       trunk#1         hold=20
    00:20.001  queue_left            trunk#1
    00:24.000  hung_up               trunk#1`,

  direct: `
    00:00.000  dial_begun      trunk#1  101#2
    00:04.000  dial_ended      trunk#1  101#2  status=ANSWER
    00:04.010  bridge_entered  101#2
    00:04.020  bridge_entered  trunk#1
    00:44.000  hung_up         101#2
    00:44.010  hung_up         trunk#1`,

  blindTransferToQueue: `
    00:00.000  queue_joined       trunk#1
    00:01.000  agent_called       trunk#1  101#2
    00:04.910  queue_left         trunk#1
    00:05.000  agent_connected    trunk#1  101#2  hold=5
    00:05.010  bridge_entered     trunk#1
    00:05.020  bridge_entered     101#2
    00:30.000  blind_transferred  trunk#1  101#2  exten=8001
    00:30.001  agent_completed    trunk#1  101#2  talk=25 reason=transfer
    00:30.002  bridge_left        trunk#1
    00:30.003  bridge_left        101#2
    00:30.004  hung_up            101#2
    00:30.100  queue_joined       trunk#1         queue=hotline-tech
    00:31.000  agent_called       trunk#1  102#3  queue=hotline-tech
    00:34.900  queue_left         trunk#1         queue=hotline-tech
    00:35.000  agent_connected    trunk#1  102#3  queue=hotline-tech hold=5
    00:35.010  bridge_entered     trunk#1         bridge=b2
    00:35.020  bridge_entered     102#3           bridge=b2
    00:59.000  hung_up            102#3
    00:59.001  hung_up            trunk#1`,

  attendedTransfer: `
    00:00.000  queue_joined          trunk#1
    00:01.000  agent_called          trunk#1  101#2
    00:04.910  queue_left            trunk#1
    00:05.000  agent_connected       trunk#1  101#2  hold=5
    00:05.010  bridge_entered        trunk#1
    00:05.020  bridge_entered        101#2
    00:20.000  held                  101#2
    00:21.000  channel_created       101#3
    00:21.001  channel_created       102#4
    00:21.002  dial_begun            101#3    102#4
    00:24.000  dial_ended            101#3    102#4  status=ANSWER
    00:24.010  bridge_entered        101#3           bridge=b2
    00:24.020  bridge_entered        102#4           bridge=b2
    00:30.000  attended_transferred  trunk#1  102#4  by=101#2,101#3
    00:30.001  bridge_left           102#4           bridge=b2
    00:30.002  bridge_entered        102#4           swap=101#2
    00:30.003  agent_completed       trunk#1  101#2  talk=25 reason=transfer
    00:30.004  hung_up               101#2
    00:30.005  hung_up               101#3
    00:59.000  hung_up               102#4
    00:59.001  hung_up               trunk#1`,

  pickup: `
    00:00.000  queue_joined     trunk#1
    00:01.000  agent_called     trunk#1  101#2
    00:01.001  dial_begun       trunk#1  101#2
    00:03.000  channel_created  102#3
    00:03.100  picked_up        102#3    101#2
    00:03.101  hung_up          101#2           zombie=yes
    00:03.110  queue_left       trunk#1
    00:03.200  agent_connected  trunk#1  102#3  member=101 hold=3
    00:03.210  bridge_entered   trunk#1
    00:03.220  bridge_entered   102#3
    00:40.000  hung_up          102#3
    00:40.001  hung_up          trunk#1`,

  localMember: `
    00:00.000  queue_joined     trunk#1
    00:01.000  agent_called     trunk#1            Local/101@agents#2
    00:01.001  local_bridged    Local/101@agents#2 Local/101@agents#3
    00:01.100  dial_begun       Local/101@agents#3 101#4
    00:04.000  dial_ended       Local/101@agents#3 101#4  status=ANSWER
    00:04.910  queue_left       trunk#1
    00:05.000  agent_connected  trunk#1            Local/101@agents#2  hold=5
    00:05.010  bridge_entered   trunk#1
    00:05.020  bridge_entered   Local/101@agents#2
    00:05.500  bridge_entered   101#4              swap=Local/101@agents#2
    00:05.501  bridge_left      Local/101@agents#2
    00:05.502  hung_up          Local/101@agents#2
    00:05.503  hung_up          Local/101@agents#3
    00:45.000  hung_up          101#4
    00:45.001  hung_up          trunk#1`,

  callbackAnswered: `
    00:00.000  channel_created      101=cb-7
    00:00.010  dial_begun           -         101=cb-7
    00:03.000  dial_ended           -         101=cb-7
    00:03.010  originate_responded  101=cb-7
    00:03.100  dial_begun           101=cb-7  trunk#2   dial=0912345678@trunk
    00:09.000  dial_ended           101=cb-7  trunk#2
    00:09.010  bridge_entered       trunk#2
    00:09.020  bridge_entered       101=cb-7
    00:49.000  hung_up              trunk#2
    00:49.010  hung_up              101=cb-7`,

  callbackBusy: `
    00:00.000  channel_created      101=cb-7
    00:03.010  originate_responded  101=cb-7
    00:03.100  dial_begun           101=cb-7  trunk#2   dial=0912345678@trunk
    00:04.000  dial_ended           101=cb-7  trunk#2   status=BUSY
    00:04.010  hung_up              trunk#2   cause=17
    00:09.010  hung_up              101=cb-7`,
}
