//! A full disk stops neither editing nor the keeping of what is there; with room again, everything goes on.

use jiping::store::simulated::{Damage, Fault, Operation};

use super::*;

#[test]
fn nothing_is_lost_while_the_disk_is_full_and_saving_goes_on_when_it_is_not() {
    let fs = disk();
    let mut session = open(&fs, 1);
    write(&mut session, NAME, "满之前");
    let copy = session.recovery_job().expect("there is something to keep");
    copy.run().expect("there is room");
    fs.inject(Fault {
        on: Some(Operation::Write),
        from: 1,
        times: u64::MAX,
        damage: Damage::NoSpace,
    });
    for turn in 0..20 {
        write(&mut session, NAME, &format!("满了以后 {turn}"));
        let copy = session.recovery_job().expect("there is something to keep");
        assert!(copy.run().is_err());
        let refused = session.save().expect_err("there is no room").to_string();
        assert!(refused.contains("磁盘空间不足"), "{refused}");
        assert!(session.is_dirty());
    }
    assert_eq!(fs.content(FILE).as_deref(), Some(FILED));
    let kept = fs.names("/data/recovery");
    assert_eq!(kept.len(), 2, "the copy of before is still there: {kept:?}");
    assert_eq!(
        fs.names("/共享"),
        ["自评表.jiping"],
        "nothing half written is left"
    );
    fs.heal();
    session.save().expect("there is room again");
    assert_eq!(text(&open(&fs, 2), NAME), "满了以后 19");
}
