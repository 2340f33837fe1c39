//! From a seed to a model, and from a model that fails to a smaller one that fails alike.

use std::path::PathBuf;

use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

use super::build::build;
use super::journey::{self, Failure};
use super::model::Model;
use super::wish::{Wish, wishes};

/// What a seed grows into.
pub type Tree = Box<dyn ValueTree<Value = Wish>>;

/// Makes the same every time.
pub fn grow(seed: u32) -> Tree {
    let mut bytes = [0; 32];
    bytes[..4].copy_from_slice(&seed.to_le_bytes());
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &bytes);
    let mut runner = TestRunner::new_with_rng(Config::default(), rng);
    Box::new(wishes().new_tree(&mut runner).expect("nothing is ever rejected"))
}

/// The model that the tree stands for now.
pub fn current(tree: &Tree) -> Model {
    build(&tree.current())
}

/// Takes away what the failure does not need, in at most so many tries. Gives the file of
/// the smallest database that was found.
pub fn shrink(tree: &mut Tree, seed: u32, failure: &Failure, tries: u32) -> Option<PathBuf> {
    let mut smallest = None;
    let mut fails = true;
    for attempt in 0..if failure.stage == "load" { 0 } else { tries } {
        if !(if fails { tree.simplify() } else { tree.complicate() }) {
            break;
        }
        let model = current(tree);
        let file = super::write(seed, &model).with_extension("try.sql");
        std::fs::write(&file, super::script::write(&model)).unwrap();
        let found = journey::attempt(&format!("gen_{seed}_{attempt}"), super::version(), &file, &model).err();
        fails = found.is_some_and(|found| found.is_like(failure));
        if fails {
            let kept = file.with_extension("").with_extension("small.sql");
            std::fs::rename(&file, &kept).unwrap();
            smallest = Some(kept);
        }
    }
    smallest
}
